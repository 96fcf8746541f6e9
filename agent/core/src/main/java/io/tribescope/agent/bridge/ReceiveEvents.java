package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** A message that arrives: delivered to the channel, read back, its kind known. */
public interface ReceiveEvents {
  ReceiveEvents NONE = new ReceiveEvents() {};

  /**
   * A message was delivered to the channel.
   *
   * @param timestamp the sender's, in epoch milliseconds
   */
  default @Nullable Notes received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    return null;
  }

  /** A raw message that may be a probe is about to be delivered. */
  default void probeReceived(Object channel, byte[] host, int port, byte[] buffer, int length) {}

  /** The message could not be read back from its bytes. */
  default void undeserializable() {}

  /** The message read back belongs to a replicated map. */
  default void mapReceived() {}

  /** The cluster was handed the message; {@code sessionEvent} or -1. */
  default void clusterReceived(int sessionEvent) {}

  /** Delivery of the message ended. */
  default void receiveEnded(@Nullable Notes begun) {}
}
