package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** State transfers: the sessions that a starting manager fetches, and those that others give. */
public interface TransferEvents {
  TransferEvents NONE = new TransferEvents() {};

  /**
   * A manager, of that identity, starts and begins to fetch the sessions of another node. Until it
   * ends it puts changes aside.
   */
  default @Nullable Notes stateTransferStarting(
      Object channel, Object manager, String context, @Nullable String jvmRoute) {
    return null;
  }

  /** The manager has its sessions, or has given up. */
  default void stateTransferEnded(@Nullable Notes begun) {}

  /** A message of a state transfer was handled; {@code failure} is what the handler threw. */
  default void stateMessageHandled(
      Object channel, String context, int sessionEvent, @Nullable Throwable failure) {}

  /** A manager begins to send so many sessions to a node that asked for them. */
  default @Nullable Notes sessionsGiving(
      Object channel, String context, byte[] host, int port, int sessions) {
    return null;
  }

  /** This session is among them. */
  default void sessionGiving(Object channel, String context, byte[] host, int port, String id) {}

  /** The sessions were sent, or could not be. */
  default void sessionsGiven(@Nullable Notes begun) {}

  /** A manager has stopped: its sessions are gone from this node. */
  default void managerStopped(Object channel, String context) {}
}
