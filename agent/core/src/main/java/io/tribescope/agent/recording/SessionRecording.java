package io.tribescope.agent.recording;

import org.jspecify.annotations.Nullable;

/** What happens to the sessions of this node: made, changed, taken over, renamed, ended. */
final class SessionRecording {
  /** SessionMessage.EVT_GET_ALL_SESSIONS. */
  private static final int GET_ALL_SESSIONS = 4;

  private final Channels channels;
  private final WallClock clock;

  SessionRecording(Channels channels, WallClock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  private static @Nullable ContextRecord context(
      @Nullable ChannelRecord channel, @Nullable String name) {
    return channel == null ? null : channel.contexts().find(name);
  }

  /** The cluster begins to send a message about that session. */
  void clusterSending(
      HookContext hook, Object channel, int event, @Nullable String context, @Nullable String id) {
    if (hook.clusterSends++ > 0) {
      return;
    }
    hook.clusterEvent = event;
    hook.sessionChange = 0;
    hook.identified = false;
    hook.refused = false;
    hook.transmitted = false;
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record == null || its == null) {
      return;
    }
    MessageType type = MessageType.ofSessionEvent(event);
    if (event == GET_ALL_SESSIONS) {
      its.transfer().asked();
    } else if (type.isChange() && type != MessageType.EXPIRED && id != null) {
      // A renamed session is announced by the id that it had.
      long key = type == MessageType.ID_CHANGED ? hook.renamed : its.keyOf(id);
      hook.renamed = 0;
      if (key != 0) {
        hook.sessionChange =
            record
                .sessions()
                .changed(key, its.index(), System.nanoTime(), clock.wallMillis(), record.known());
      }
    } else if (type == MessageType.STATE_TRANSFER && hook.transferSessions >= 0) {
      hook.sessionChange = TransferPart.of(its.index(), hook.transferSessions);
    }
  }

  void clusterSent(HookContext hook, Object channel) {
    if (--hook.clusterSends > 0) {
      return;
    }
    hook.clusterSends = 0;
    // Else there was nobody to send to, or the channel would not take it.
    boolean taken = hook.identified && (!hook.refused || hook.transmitted);
    MessageType type = MessageType.ofSessionEvent(hook.clusterEvent);
    ChannelRecord record = type.isChange() && hook.sessionChange != 0 ? channels.of(channel) : null;
    if (record != null && !taken) {
      record.sessions().sent(hook.sessionChange, record.known());
    } else if (type == MessageType.STATE_TRANSFER && taken) {
      hook.given = null;
    }
    hook.requestEnd.clusterSent(hook.identified, hook.refused);
    hook.clusterEvent = -1;
    hook.sessionChange = 0;
  }

  /** A request ended and there was no member in the view: what it changed is dropped. */
  void unsent(HookContext hook, Object channel, String context, String id, boolean changed) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record != null && its != null) {
      its.request(hook.stripe, RequestOutcome.NO_MEMBERS);
      if (changed) {
        changedForNobody(record, its, its.keyOf(id));
      }
    }
  }

  /** A session was made here; where there are members, they were told within. */
  void created(Object channel, String context, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record != null && its != null) {
      long key = its.keyOf(id);
      if (!record.sessions().isKnown(key)) {
        changedForNobody(record, its, key);
      }
    }
  }

  private void changedForNobody(ChannelRecord record, ContextRecord its, long key) {
    long change =
        record
            .sessions()
            .changed(key, its.index(), System.nanoTime(), clock.wallMillis(), record.known());
    record.sessions().sent(change, record.known());
  }

  void renamed(HookContext hook, Object channel, String context, String from, String to) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record != null && its != null) {
      long key = its.keyOf(to);
      hook.renamed = key;
      record.sessions().renamed(its.keyOf(from), key);
      if (record.live() == 0 && hook.deliveries.current() == null) {
        // Nobody is told: who holds the session has it by an id that no request will bring.
        changedForNobody(record, its, key);
      }
    }
  }

  /** A request has made a session this node's that was another's. */
  void taken(Object channel, String context, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record != null && its != null) {
      // Whoever is there may hold what the other node changed last; it, above all.
      record
          .sessions()
          .taken(its.keyOf(id), its.index(), System.nanoTime(), clock.wallMillis(), record.live());
    }
  }

  void expired(Object channel, String context, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record != null && its != null) {
      long key = its.keyOf(id);
      record.sessions().remove(key);
      record.moves().forget(key);
      record.ended().isNew(key);
    }
  }

  /** Whether the id's route is another node's; asked for every request that brings an id. */
  boolean isForeign(Object channel, String context, String id) {
    ContextRecord its = context(channels.of(channel), context);
    if (its == null || its.localRoute() == 0) {
      return false;
    }
    long route = SessionKey.routeOf(id);
    return route != 0 && route != its.localRoute();
  }

  /** A session came with another node's route, and was found or not. */
  void failedOver(
      HookContext hook, Object channel, String context, String id, boolean found, boolean lapsed) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = context(record, context);
    if (record == null || its == null) {
      return;
    }
    long key = its.keyOf(id);
    // Without JvmRouteBinderValve the route stays as it is, and each request comes by here; with it
    // a request may still bring the id that another has renamed.
    if (record.sessions().isOwned(key) || !record.moves().isNew(key)) {
      return;
    }
    FailoverOutcome outcome =
        found
            ? lapsed ? FailoverOutcome.EXPIRED : FailoverOutcome.RECOVERED
            : record.ended().holds(key) ? FailoverOutcome.EXPIRED : FailoverOutcome.MISSING;
    record.failovers().add(hook.stripe, its, outcome, SessionKey.routeOf(id), System.nanoTime());
  }

  void requestEnding(HookContext hook) {
    hook.requestEnd.begin();
  }

  void requestCompleting(HookContext hook, Object channel, String context) {
    ContextRecord its = context(channels.of(channel), context);
    if (its != null) {
      hook.requestEnd.asked(its);
    }
  }

  void deltaSerialized(HookContext hook, int bytes, @Nullable Throwable failure) {
    ContextRecord its = hook.requestEnd.context();
    if (its == null) {
      return;
    }
    if (failure == null) {
      its.deltaSerialized(hook.stripe, bytes);
      hook.requestEnd.deltaMade();
    } else {
      its.serializationFailed(failure);
      hook.requestEnd.serializationFailed();
    }
  }

  void requestEnded(HookContext hook) {
    ContextRecord its = hook.requestEnd.context();
    RequestOutcome outcome = hook.requestEnd.end();
    if (its != null && outcome != null) {
      its.request(hook.stripe, outcome);
    }
    hook.requestEnd.clear();
  }
}
