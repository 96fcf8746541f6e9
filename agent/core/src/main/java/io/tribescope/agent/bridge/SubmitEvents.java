package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/**
 * A message that is handed over for sending: to the cluster, and by it to the channel, which gives
 * it an id.
 */
public interface SubmitEvents {
  SubmitEvents NONE = new SubmitEvents() {};

  /**
   * A cluster begins to send a message through its channel: {@code sessionEvent}, or -1, of that
   * session of that context. Overloads call each other: one message can begin several times.
   */
  default @Nullable Notes clusterSending(
      Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {
    return null;
  }

  /** It has sent the message, or could not. */
  default void clusterSent(@Nullable Notes begun) {}

  /** The channel accepts a message; {@code map} when it belongs to a replicated map. */
  default @Nullable Notes channelSending(boolean map) {
    return null;
  }

  /** The channel has sent or queued the message; {@code failed} when it threw. */
  default void channelSent(@Nullable Notes begun, boolean failed) {}

  /** A message got its 16-byte id. */
  default void messageIdentified(byte[] uniqueId) {}
}
