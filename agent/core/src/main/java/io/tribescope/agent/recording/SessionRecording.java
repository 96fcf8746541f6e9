package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.SessionEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.counters.Stripe;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.FailoverOutcome;
import io.tribescope.agent.recording.sessions.OwnRoute;
import io.tribescope.agent.recording.sessions.SessionKey;

/** What happens to the sessions of this node: made, renamed, taken over, failed over, ended. */
final class SessionRecording implements SessionEvents {
  private final Channels channels;
  private final WallClock clock;
  private final LocalChanges changes;
  private final OwnRoute ownRoute;

  SessionRecording(Channels channels, WallClock clock, LocalChanges changes, OwnRoute ownRoute) {
    this.channels = channels;
    this.clock = clock;
    this.changes = changes;
    this.ownRoute = ownRoute;
  }

  /** Where there are members, they were told within. */
  @Override
  public void sessionCreated(Object channel, String context, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    if (record != null && webapp != null) {
      long key = webapp.keyOf(id);
      if (!record.sessions().isKnown(key)) {
        changes.forNobody(record, webapp, key);
      }
    }
  }

  @Override
  public void sessionRenaming(Object channel, String context, String from, String to) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    if (record != null && webapp != null) {
      HookContext hook = HookContext.current();
      long key = webapp.keyOf(to);
      hook.renamed = key;
      record.sessions().renamed(webapp.keyOf(from), key);
      if (record.live() == 0 && hook.deliveries.current() == null) {
        // Nobody is told: who holds the session has it by an id that no request will bring.
        changes.forNobody(record, webapp, key);
      }
    }
  }

  @Override
  public void sessionTaken(Object channel, String context, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    if (record != null && webapp != null) {
      // Whoever is there may hold what the other node changed last; it, above all.
      record
          .sessions()
          .taken(
              webapp.keyOf(id),
              webapp.index(),
              System.nanoTime(),
              clock.wallMillis(),
              record.live());
    }
  }

  @Override
  public void sessionExpired(Object channel, String context, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    if (record != null && webapp != null) {
      long key = webapp.keyOf(id);
      record.sessions().remove(key);
      record.moves().forget(key);
      record.ended().remember(key);
    }
  }

  /** Asked for every request that brings an id. */
  @Override
  public boolean mayBeForeign(String id) {
    return ownRoute.mayDiffer(id);
  }

  @Override
  public boolean isForeign(Object channel, String context, String id) {
    ContextRecord webapp = Channels.context(channels.of(channel), context);
    if (webapp == null || webapp.localRoute() == 0) {
      return false;
    }
    long route = SessionKey.routeOf(id);
    return route != 0 && route != webapp.localRoute();
  }

  @Override
  public void failedOver(Object channel, String context, String id, boolean found, boolean lapsed) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    if (record == null || webapp == null) {
      return;
    }
    long key = webapp.keyOf(id);
    // Without JvmRouteBinderValve the route stays as it is, and each request comes by here; with it
    // a request may still bring the id that another has renamed.
    if (record.sessions().isOwned(key) || !record.moves().remember(key)) {
      return;
    }
    FailoverOutcome outcome =
        found
            ? lapsed ? FailoverOutcome.EXPIRED : FailoverOutcome.RECOVERED
            : record.ended().holds(key) ? FailoverOutcome.EXPIRED : FailoverOutcome.MISSING;
    record
        .failovers()
        .add(Stripe.current(), webapp, outcome, SessionKey.routeOf(id), System.nanoTime());
  }
}
