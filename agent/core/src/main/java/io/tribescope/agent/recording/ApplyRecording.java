package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.ApplyEvents;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.Deliveries.Delivery;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.receipts.ClockOffset;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionKey;
import io.tribescope.agent.recording.sessions.SessionTable;
import org.jspecify.annotations.Nullable;

/** Whether a received message of a session was applied, how late, and what it contradicts. */
final class ApplyRecording implements ApplyEvents {
  private final Channels channels;
  private final WallClock clock;

  ApplyRecording(Channels channels, WallClock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  @Override
  public void managerReached() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.managerReached = true;
    }
  }

  @Override
  public void managerReturned() {
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
  @Override
  public @Nullable Notes sessionMessageHandling(
      Object channel, String context, byte[] host, int port, int sessionEvent, String id) {
    MessageType type = MessageType.ofSessionEvent(sessionEvent);
    if (!type.isForOneSession()) {
      return null;
    }
    HookContext hook = HookContext.current();
    ContextRecord webapp = Channels.context(channels.of(channel), context);
    long key = webapp == null || id == null ? 0 : webapp.keyOf(id);
    Delivery replay = null;
    Delivery delivery = hook.deliveries.current();
    if (delivery == null) {
      replay = replay(hook, host, port, type);
      delivery = replay;
    }
    if (delivery != null && key != 0) {
      delivery.webapp = webapp;
      delivery.sessionKey = key;
      hook.renamed = 0;
      if (type == MessageType.CREATED && delivery.peer != null) {
        delivery.peer.mayHaveRoute(SessionKey.routeOf(id));
      }
    }
    if (replay != null) {
      hook.deliveries.begin();
    }
    return replay;
  }

  private @Nullable Delivery replay(HookContext hook, byte[] host, int port, MessageType type) {
    long key = MemberKey.of(host, port);
    ChannelRecord withPeer = channels.withPeer(key);
    ChannelRecord channel = withPeer == null ? channels.lone() : withPeer;
    Delivery replay = hook.deliveries.next();
    if (channel == null || !replay.isRecorded()) {
      return null;
    }
    PeerRecord known = channel.knownPeer(key);
    PeerRecord peer = known == null ? channel.other() : known;
    peer.replayed(hook.stripe);
    replay.channel = channel;
    replay.peer = peer;
    replay.type = type;
    replay.replay = true;
    replay.duplicate = false;
    replay.startNanos = System.nanoTime();
    return replay;
  }

  @Override
  public void sessionMessageDone(@Nullable Notes begun) {
    if (begun != null) {
      Delivery replay = (Delivery) begun;
      replay.context.deliveries.end(replay);
      replay.clear();
    }
  }

  @Override
  public void sessionMet() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.sessionMet = true;
      delivery.sessionsMet++;
    }
  }

  @Override
  public void sessionMessageHandled(@Nullable Throwable failure) {
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
      if (delivery.webapp != null) {
        // Ours by the id that it had before the other node took it over, and renamed it.
        countConflict(
            delivery, delivery.webapp, delivery.channel, delivery.peer, System.nanoTime());
      }
    }
    // An expiry or an access of a session that is not here is neither applied nor a loss.
  }

  private void applied(int stripe, Delivery delivery, ChannelRecord channel, PeerRecord peer) {
    long now = System.nanoTime();
    if (delivery.webapp != null) {
      sessionCameBy(delivery, delivery.webapp, channel, peer, now);
    }
    channel.applyTook(stripe, now - delivery.startNanos);
    if (!peer.inView()) {
      channel.stranger(stripe);
    }
    if (delivery.type.isChange()) {
      long wallMillis = clock.wallMillis();
      peer.lags().applied(wallMillis);
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
        peer.lags().addUnknown(stripe);
      } else {
        peer.lags().add(stripe, lag);
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
}
