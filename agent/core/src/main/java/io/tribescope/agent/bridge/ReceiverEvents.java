package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** Receivers that wait for a free worker. */
public interface ReceiverEvents {
  ReceiverEvents NONE = new ReceiverEvents() {};

  /** A receiver asks for a worker. */
  default @Nullable Notes receiverWaiting() {
    return null;
  }

  /** It has got one. */
  default void receiverServed(@Nullable Notes begun) {}
}
