package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** What comes from the peers of a cache over RMI. */
public interface CacheReceiveEvents {
  CacheReceiveEvents NONE = new CacheReceiveEvents() {};

  /** A cache has become reachable for others, through that object. */
  default void peerBound(
      Object listeners, Object cache, String name, String manager, Object peer) {}

  /** A batch of a peer's has come; its changes are received one by one before it ends. */
  default @Nullable Notes batchReceiving() {
    return null;
  }

  /** All of the batch has been applied, or could not be. */
  default void batchReceived(@Nullable Notes begun) {}

  /** A peer's change was applied. */
  default void received(Object listeners, Object cache, int operation) {}
}
