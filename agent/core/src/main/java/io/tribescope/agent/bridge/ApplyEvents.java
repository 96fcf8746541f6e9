package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** A received message of a session on its way to the session. */
public interface ApplyEvents {
  ApplyEvents NONE = new ApplyEvents() {};

  /** The message reached a session manager. */
  default void managerReached() {}

  /** The manager returned: it has handled the message, or put it aside. */
  default void managerReturned() {}

  /** A session message of that sender is about to be handled, also one that had been put aside. */
  default @Nullable Notes sessionMessageHandling(
      Object channel, String context, byte[] host, int port, int sessionEvent, String id) {
    return null;
  }

  /** Its handling ended. */
  default void sessionMessageDone(@Nullable Notes begun) {}

  /** A session message met its session. */
  default void sessionMet() {}

  /** A session message was handled; {@code failure} is what the handler threw. */
  default void sessionMessageHandled(@Nullable Throwable failure) {}
}
