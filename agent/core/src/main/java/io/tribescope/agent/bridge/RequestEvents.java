package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** The end of a request, where the changes of its session are collected, serialized and sent. */
public interface RequestEvents {
  RequestEvents NONE = new RequestEvents() {};

  /** A request has ended; what it changed of a session is about to be sent. */
  default @Nullable Notes requestEnding() {
    return null;
  }

  /** A manager is asked what there is to send of a session. */
  default void requestCompleting(Object channel, String context) {}

  /** The changes of a session were serialized; {@code failure} is what that threw. */
  default void deltaSerialized(int bytes, @Nullable Throwable failure) {}

  /** What the request changed was sent, or could not be. */
  default void requestEnded(@Nullable Notes begun) {}

  /** A request has ended, and its session's changes, if any, go to nobody: there is no member. */
  default void requestUnsent(Object channel, String context, String id, boolean changed) {}
}
