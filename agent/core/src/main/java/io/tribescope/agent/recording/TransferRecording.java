package io.tribescope.agent.recording;

import org.jspecify.annotations.Nullable;

/** State transfers: what this node asked for and got, and what it gave. */
final class TransferRecording {
  // Events of SessionMessage.
  private static final int ALL_SESSION_DATA = 12;
  private static final int TRANSFER_COMPLETE = 14;
  private static final int NO_CONTEXT_MANAGER = 16;

  private final Channels channels;
  private final StateTransfers underWay = new StateTransfers();

  TransferRecording(Channels channels) {
    this.channels = channels;
  }

  /** The manager of a context starts, and asks for the sessions of the others. */
  void starting(Object channel, Object manager, String context, @Nullable String jvmRoute) {
    underWay.starting();
    ChannelRecord record = channels.of(channel);
    ContextRecord its = record == null ? null : record.addContext(context, manager, jvmRoute);
    if (record != null && its != null) {
      if (jvmRoute != null) {
        record.setRouteHash(SessionKey.ofRoute(jvmRoute));
      }
      its.transfer().begin(System.nanoTime());
    }
  }

  void ended(HookContext hook, Object channel, String context) {
    underWay.ended();
    ChannelRecord record = channels.of(channel);
    ContextRecord its = record == null ? null : record.contexts().find(context);
    if (its != null) {
      its.transferred(
          hook.stripe, its.transfer().outcome(), System.nanoTime() - its.transfer().begun());
    }
  }

  void managerStopped(Object channel, String context) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = record == null ? null : record.contexts().remove(context);
    if (record != null && its != null) {
      record.sessions().removeContext(its.index());
      record.failovers().removeContext(its.index());
    }
  }

  /** A message of a transfer was handled, with so many sessions put in place. */
  void handled(
      HookContext hook,
      Object channel,
      String context,
      int event,
      int sessions,
      @Nullable Throwable failure) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = record == null ? null : record.contexts().find(context);
    if (its == null) {
      return;
    }
    if (event == ALL_SESSION_DATA) {
      its.sessionsReceived(hook.stripe, sessions);
      its.transfer().dataCame(failure != null);
    } else if (event == TRANSFER_COMPLETE) {
      its.transfer().completed();
    } else if (event == NO_CONTEXT_MANAGER) {
      its.transfer().contextMissing();
    }
  }

  /** This node gives sessions to that member; each is named by {@link #giving}. */
  void givingStarts(
      HookContext hook, Object channel, String context, byte[] host, int port, int sessions) {
    hook.transferSessions = sessions;
    ChannelRecord record = channels.of(channel);
    ContextRecord its = record == null ? null : record.contexts().find(context);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (record != null && its != null && peer != null && peer.life() != 0) {
      hook.given = its.giving(peer, System.nanoTime());
      hook.givenOn = record;
      hook.givenOf = its.index();
    }
  }

  void giving(Object channel, String context, byte[] host, int port, String id) {
    ChannelRecord record = channels.of(channel);
    ContextRecord its = record == null ? null : record.contexts().find(context);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (record != null && its != null && peer != null) {
      record.sessions().transferring(its.keyOf(id), peer.life());
    }
  }

  /** Where the sessions could not be serialized, or nobody would take them, nothing was given. */
  void givingEnds(HookContext hook) {
    hook.transferSessions = -1;
    GivenTransfer given = hook.given;
    ChannelRecord record = hook.givenOn;
    if (given != null && record != null) {
      given.partFailed();
      record.sessions().transferFailed(hook.givenOf, given.life);
    }
    hook.given = null;
    hook.givenOn = null;
  }

  /** Works out what was dropped after state transfers. For scrapes. */
  void settle() {
    underWay.settle(channels);
  }
}
