package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks in Ehcache report. As with {@link Events}: implementations run inside Ehcache's
 * own calls, must not block, and keep no object but behind a weak reference. All methods may be
 * called by many threads at once.
 */
public abstract class CacheEvents {
  public static final int PUT = 0;
  public static final int REMOVE = 1;
  public static final int REMOVE_ALL = 2;

  /** Only of changes in a cache: on its way to a peer an update is a put, or a remove. */
  public static final int UPDATE = 3;

  static final CacheEvents NONE = new CacheEvents() {};

  /**
   * A replicator was registered with a cache: from now on its changes are to reach others. {@code
   * queues} when they wait for a thread of its own. {@code listeners} is the cache's identity in
   * all that follows.
   */
  public void cacheReplicated(
      Object listeners, @Nullable Object cache, Object replicator, boolean queues) {}

  /** The same of a replicator that is at work, in case its registration was not seen. */
  public void replicating(Object listeners, Object cache, Object replicator, boolean queues) {}

  /** A cache tells its listeners of a change, made here or, when {@code remote}, by a peer. */
  public void cacheChanged(Object listeners, int operation, boolean remote) {}

  /** A change stays here, because the element or its key is not serializable. */
  public void unserializable(Object listeners) {}

  /** A change is about to wait for an asynchronous replicator's thread. */
  public void enqueueing(Object replicator) {}

  /** A change was thrown away, because that thread has ended. */
  public void enqueueRefused(Object replicator) {}

  /** One change is about to go to each peer, on the thread that made it. */
  public void propagating(Object listeners, int operation) {}

  /** What waits for an asynchronous replicator is about to go to each peer, a batch of it. */
  public void batchPropagating(Object replicator) {}

  /**
   * An entry was taken from the queue of a replicator, null when it was empty; a PUT of Ehcache 2.5
   * and later is behind a SoftReference, which may have been cleared.
   */
  public void polled(@Nullable Object queued) {}

  /**
   * The whole queue of Ehcache 2.4 and earlier is taken, under its lock, to be sent; it is lost if
   * the peers cannot be listed then.
   */
  public void drained(List<?> changes) {}

  /** One of these; {@code valid} unless its element was collected meanwhile. */
  public void resolved(int operation, boolean valid) {}

  /** A change is in the batch that goes to each peer. */
  public void batched(int operation) {}

  /** So many peers were found to send to. */
  public void peersListed(int peers) {}

  /** A peer, by its stub, is about to be sent the change or the batch. */
  public void peerCalling(Object peer) {}

  /** ... and has applied it. */
  public void peerCalled() {}

  /** ... or has not: an exception reached a handler of the replicator's. */
  public void peerFailed(Throwable failure) {}

  /** The change or batch has been offered to all peers; {@code failure} is what that threw. */
  public void propagated(@Nullable Throwable failure) {}

  /** An asynchronous replicator ends: what waits is flushed once. */
  public void replicatorDisposing(Object replicator) {}

  public void replicatorDisposed(Object replicator) {}

  /** A cache has become reachable for others, through that object. */
  public void peerBound(Object listeners, Object cache, String name, String manager, Object peer) {}

  /** A batch of a peer's has come; its changes are received one by one before it ends. */
  public void batchReceiving() {}

  public void batchReceived() {}

  /** A peer's change was applied. */
  public void received(Object listeners, Object cache, int operation) {}

  /** A peer is about to be looked up in its registry. */
  public void peerLookingUp(String url) {}

  /** ... and its stub was found, or {@code failure} says why not. */
  public void peerLookedUp(@Nullable Object peer, @Nullable Throwable failure) {}

  /** A provider was told of a peer, by its heartbeat, or of a configured one. */
  public void heartbeat(Object provider, String url) {}

  /** ... and knows whether the peer can be looked up. */
  public void heartbeatHandled(Object provider, String url) {}

  /** A cache manager begins to listen for others, under that configured name. */
  public void listenerConfigured(Object manager, @Nullable String hostName) {}

  /** A cache begins to fetch what others hold. */
  public void bootstrapping(Object listeners, Object cache) {}

  /** So many peers were found to fetch from. */
  public void bootstrapPeersFound(int peers) {}

  /** ... and has ended; {@code failure} is what that threw. */
  public void bootstrapped(@Nullable Throwable failure) {}
}
