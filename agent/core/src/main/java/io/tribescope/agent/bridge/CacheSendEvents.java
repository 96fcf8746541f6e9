package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A change's way to its peers over RMI, and into and out of the queue of a replicator. */
public interface CacheSendEvents {
  CacheSendEvents NONE = new CacheSendEvents() {};

  /** A change is about to wait for an asynchronous replicator's thread. */
  default void enqueueing(Object replicator) {}

  /** A change was thrown away, because that thread has ended. */
  default void enqueueRefused(Object replicator) {}

  /** One change is about to go to each peer, on the thread that made it. */
  default @Nullable Notes propagating(Object listeners, int operation) {
    return null;
  }

  /** What waits for an asynchronous replicator is about to go to each peer, a batch of it. */
  default @Nullable Notes batchPropagating(Object replicator) {
    return null;
  }

  /**
   * An entry was taken from the queue of a replicator, null when it was empty; a PUT of Ehcache 2.5
   * and later is behind a SoftReference, which may have been cleared.
   */
  default void polled(@Nullable Object queued) {}

  /**
   * The whole queue of Ehcache 2.4 and earlier is taken, under its lock, to be sent; it is lost if
   * the peers cannot be listed then.
   */
  default void drained(List<?> changes) {}

  /** One of these; {@code valid} unless its element was collected meanwhile. */
  default void resolved(int operation, boolean valid) {}

  /** A change is in the batch that goes to each peer. */
  default void batched(int operation) {}

  /** So many peers were found to send to. */
  default void peersListed(int peers) {}

  /** A peer, by its stub, is about to be sent the change or the batch. */
  default void peerCalling(Object peer) {}

  /** The peer that is being called has applied it. */
  default void peerCalled() {}

  /** It has not: an exception reached a handler of the replicator's. */
  default void peerFailed(Throwable failure) {}

  /** The change or batch has been offered to all peers; {@code failure} is what that threw. */
  default void propagated(@Nullable Notes begun, @Nullable Throwable failure) {}

  /** An asynchronous replicator ends: what waits is flushed once. */
  default void replicatorDisposing(Object replicator) {}

  /** It has ended. */
  default void replicatorDisposed(Object replicator) {}
}
