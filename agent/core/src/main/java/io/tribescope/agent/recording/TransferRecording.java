package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.TransferEvents;
import io.tribescope.agent.recording.Deliveries.Delivery;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.channels.StateTransfers;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.GivenTransfer;
import io.tribescope.agent.recording.sessions.OwnRoute;
import io.tribescope.agent.recording.sessions.SessionKey;
import org.jspecify.annotations.Nullable;

/** State transfers: what this node asked for and got, and what it gave. */
final class TransferRecording implements TransferEvents {
  // Events of SessionMessage.
  private static final int ALL_SESSION_DATA = 12;
  private static final int TRANSFER_COMPLETE = 14;
  private static final int NO_CONTEXT_MANAGER = 16;

  private final Channels channels;
  private final OwnRoute ownRoute;
  private final StateTransfers underWay = new StateTransfers();

  TransferRecording(Channels channels, OwnRoute ownRoute) {
    this.channels = channels;
    this.ownRoute = ownRoute;
  }

  @Override
  public Notes stateTransferStarting(
      Object channel, Object manager, String context, @Nullable String jvmRoute) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = record == null ? null : record.addContext(context, manager, jvmRoute);
    if (record != null && webapp != null) {
      ownRoute.add(webapp.localRoute());
      if (jvmRoute != null) {
        record.setRouteHash(SessionKey.ofRoute(jvmRoute));
      }
      webapp.transfer().begin(System.nanoTime());
    }
    HookContext hook = HookContext.current();
    hook.fetching = webapp;
    underWay.starting();
    return hook;
  }

  @Override
  public void stateTransferEnded(@Nullable Notes begun) {
    if (begun == null) {
      return;
    }
    underWay.ended();
    HookContext hook = HookContext.of(begun);
    ContextRecord webapp = hook.fetching;
    hook.fetching = null;
    if (webapp != null) {
      webapp.transferred(
          hook.stripe, webapp.transfer().outcome(), System.nanoTime() - webapp.transfer().begun());
    }
  }

  @Override
  public void managerStopped(Object channel, String context) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = record == null ? null : record.contexts().remove(context);
    if (record != null && webapp != null) {
      record.sessions().sweep().removeContext(webapp.index());
      record.failovers().removeContext(webapp.index());
    }
  }

  @Override
  public void stateMessageHandled(
      Object channel, String context, int sessionEvent, @Nullable Throwable failure) {
    ContextRecord webapp = Channels.context(channels.of(channel), context);
    if (webapp == null) {
      return;
    }
    if (sessionEvent == ALL_SESSION_DATA) {
      HookContext hook = HookContext.current();
      Delivery delivery = hook.deliveries.current();
      webapp.sessionsReceived(hook.stripe, delivery == null ? 0 : delivery.sessionsMet);
      webapp.transfer().dataCame(failure != null);
    } else if (sessionEvent == TRANSFER_COMPLETE) {
      webapp.transfer().completed();
    } else if (sessionEvent == NO_CONTEXT_MANAGER) {
      webapp.transfer().contextMissing();
    }
  }

  @Override
  public Notes sessionsGiving(Object channel, String context, byte[] host, int port, int sessions) {
    HookContext hook = HookContext.current();
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (record != null && webapp != null && peer != null && peer.life() != 0) {
      hook.givenOn = record;
      hook.givenOf = webapp.index();
      hook.given = webapp.giving(peer, System.nanoTime());
    }
    hook.transferSessions = sessions;
    return hook;
  }

  @Override
  public void sessionGiving(Object channel, String context, byte[] host, int port, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord webapp = Channels.context(record, context);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (record != null && webapp != null && peer != null) {
      record.sessions().transferring(webapp.keyOf(id), peer.life());
    }
  }

  /** Where the sessions could not be serialized, or nobody would take them, nothing was given. */
  @Override
  public void sessionsGiven(@Nullable Notes begun) {
    HookContext hook = HookContext.of(begun);
    hook.transferSessions = -1;
    GivenTransfer given = hook.given;
    ChannelRecord record = hook.givenOn;
    hook.given = null;
    hook.givenOn = null;
    if (given != null && record != null) {
      given.partFailed();
      record.sessions().sweep().transferFailed(hook.givenOf, given.life);
    }
  }

  /** Works out what was dropped after state transfers. For scrapes. */
  void countDropped() {
    underWay.countDropped(channels);
  }
}
