package io.tribescope.agent.recording;

import io.tribescope.agent.recording.Deliveries.Delivery;
import org.jspecify.annotations.Nullable;

/** What a message met on its way in: whose it is, what it is, and whether it was applied. */
final class ReceiveRecording {
  private final Channels channels;
  private final WallClock clock;

  ReceiveRecording(Channels channels, WallClock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  void received(Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    Delivery delivery = HookContext.current().deliveries.push();
    ChannelRecord record = channels.of(channel);
    if (delivery == null || record == null) {
      return;
    }
    PeerRecord peer = record.knownPeer(MemberKey.of(host, port));
    delivery.channel = record;
    delivery.peer = peer == null ? record.other() : peer;
    delivery.timestampMillis = timestamp;
    delivery.bytes = bytes;
    long id = MemberKey.ofUniqueId(uniqueId);
    delivery.duplicate = !record.recentIds().isNew(id);
    if (peer != null && !delivery.duplicate) {
      peer.receivedTally().add(timestamp, id);
    }
    delivery.startNanos = System.nanoTime();
  }

  void undeserializable() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.undeserializable = true;
    }
  }

  void mapReceived() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.type = MessageType.MAP;
    }
  }

  void clusterReceived(int sessionEvent) {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null && sessionEvent >= 0) {
      delivery.type = MessageType.ofSessionEvent(sessionEvent);
    }
  }

  void managerReached() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.managerReached = true;
    }
  }

  void managerReturned() {
    HookContext context = HookContext.current();
    Delivery delivery = context.deliveries.current();
    if (delivery != null
        && delivery.peer != null
        && delivery.type.isForOneSession()
        && !delivery.handled
        && !delivery.duplicate) {
      delivery.peer.putAside(context.stripe);
    }
  }

  /** Outside of a delivery it is one that had been put aside, handled now on the start's thread. */
  void sessionMessageHandling(
      Object channelObject, String contextName, byte[] host, int port, int event, String id) {
    HookContext context = HookContext.current();
    MessageType type = MessageType.ofSessionEvent(event);
    if (type.isForOneSession() && context.deliveries.current() == null) {
      beginReplay(context, host, port, type);
    }
    Delivery delivery = context.deliveries.current();
    ChannelRecord record = channels.of(channelObject);
    ContextRecord its = record == null ? null : record.contexts().find(contextName);
    if (delivery != null && its != null && id != null && type.isForOneSession()) {
      delivery.context = its;
      delivery.sessionKey = its.keyOf(id);
      context.renamed = 0;
      if (type == MessageType.CREATED && delivery.peer != null) {
        delivery.peer.mayHaveRoute(SessionKey.routeOf(id));
      }
    }
  }

  private void beginReplay(HookContext context, byte[] host, int port, MessageType type) {
    long key = MemberKey.of(host, port);
    ChannelRecord its = channels.withPeer(key);
    ChannelRecord channel = its == null ? channels.lone() : its;
    Delivery replay = channel == null ? null : context.deliveries.push();
    if (replay != null && channel != null) {
      PeerRecord known = channel.knownPeer(key);
      PeerRecord peer = known == null ? channel.other() : known;
      peer.replayed(context.stripe);
      replay.channel = channel;
      replay.peer = peer;
      replay.type = type;
      replay.replay = true;
      replay.duplicate = false;
      replay.startNanos = System.nanoTime();
    }
  }

  void sessionMessageDone() {
    Deliveries deliveries = HookContext.current().deliveries;
    Delivery delivery = deliveries.current();
    if (delivery != null && delivery.replay) {
      deliveries.pop();
    }
  }

  void sessionMet() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.sessionMet = true;
      delivery.sessionsMet++;
    }
  }

  void sessionMessageHandled(@Nullable Throwable failure) {
    HookContext context = HookContext.current();
    Delivery delivery = context.deliveries.current();
    if (delivery == null || delivery.channel == null || delivery.peer == null) {
      return;
    }
    delivery.handled = true;
    if (delivery.duplicate) {
      return;
    }
    if (delivery.type == MessageType.ID_CHANGED && context.renamed != 0) {
      // The message had brought the id that the session is no longer known by.
      delivery.sessionKey = context.renamed;
    }
    if (failure != null) {
      delivery.peer.discarded(context.stripe, Discard.APPLY_ERROR);
    } else if (delivery.sessionMet) {
      applied(context.stripe, delivery, delivery.channel, delivery.peer);
    } else if (delivery.type == MessageType.DELTA || delivery.type == MessageType.ID_CHANGED) {
      delivery.peer.discarded(context.stripe, Discard.NO_SESSION);
      if (delivery.context != null) {
        // Ours by the id that it had before the other node took it over, and renamed it.
        countConflict(
            delivery, delivery.context, delivery.channel, delivery.peer, System.nanoTime());
      }
    }
    // An expiry or an access of a session that is not here is neither applied nor a loss.
  }

  private void applied(int stripe, Delivery delivery, ChannelRecord channel, PeerRecord peer) {
    long now = System.nanoTime();
    if (delivery.context != null) {
      sessionCameBy(delivery, delivery.context, channel, peer, now);
    }
    channel.applyTook(stripe, now - delivery.startNanos);
    if (!peer.inView()) {
      channel.stranger(stripe);
    }
    if (delivery.type.isChange()) {
      long wallMillis = clock.wallMillis();
      peer.applied(wallMillis);
      ClockOffset.Estimate offset = peer.clock().estimate(now);
      long lag =
          offset == null
              ? 0
              : clock.at(now) - delivery.timestampMillis * 1_000_000L + offset.offsetNanos;
      // Below zero by more than the error: one of the clocks was set since it was last compared.
      if (offset == null
          || delivery.replay
          || lag < -offset.boundNanos(now)
          || clock.stepped(now, wallMillis)) {
        peer.lagUnknown(stripe);
      } else {
        peer.lag(stripe, lag);
      }
    }
  }

  /** That peer changed or used the session: it is the owner now. */
  private static void sessionCameBy(
      Delivery delivery, ContextRecord context, ChannelRecord channel, PeerRecord peer, long now) {
    long key = delivery.sessionKey;
    if (delivery.type == MessageType.DELTA || delivery.type == MessageType.ID_CHANGED) {
      countConflict(delivery, context, channel, peer, now);
    }
    if (delivery.type != MessageType.EXPIRED) {
      channel.sessions().released(key, channel.known());
      channel.moves().forget(key);
    }
  }

  /** Once for each change of ours, however often the other side changes its own since. */
  private static void countConflict(
      Delivery delivery, ContextRecord context, ChannelRecord channel, PeerRecord peer, long now) {
    SessionTable sessions = channel.sessions();
    long key = delivery.sessionKey;
    if ((sessions.missedForSure(key, peer.life())
            || crossed(delivery, sessions.changedMillis(key), peer, now))
        && sessions.disputed(key)) {
      context.conflict(peer);
    }
  }

  /** Whether that change was made before ours could have been known there, beyond the error. */
  private static boolean crossed(Delivery delivery, long oursMillis, PeerRecord peer, long now) {
    ClockOffset.Estimate offset = peer.clock().estimate(now);
    if (oursMillis == 0 || offset == null || delivery.replay) {
      return false;
    }
    double theirs = delivery.timestampMillis - offset.offsetNanos / 1e6;
    // Both timestamps are cut to the millisecond.
    return theirs + offset.boundNanos(now) / 1e6 + 1 < oursMillis;
  }

  /** How many sessions the message in hand has put in place. */
  int sessionsMet() {
    Delivery delivery = HookContext.current().deliveries.current();
    return delivery == null ? 0 : delivery.sessionsMet;
  }

  void receiveEnded() {
    HookContext context = HookContext.current();
    Delivery delivery = context.deliveries.current();
    if (delivery != null && delivery.channel != null && delivery.peer != null) {
      count(context.stripe, delivery, delivery.peer);
    }
    context.deliveries.pop();
  }

  private static void count(int stripe, Delivery delivery, PeerRecord peer) {
    if (delivery.duplicate) {
      peer.duplicate(stripe);
      return;
    }
    peer.received(stripe, delivery.type, delivery.bytes);
    if (delivery.undeserializable) {
      peer.discarded(stripe, Discard.UNDESERIALIZABLE);
    } else if (delivery.type.isForSessions() && !delivery.managerReached) {
      peer.discarded(stripe, Discard.NO_CONTEXT);
    }
  }
}
