package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hooks in Ehcache's replicators over JMS and JGroups report, of which only the whole is
 * known and no single peer. As with {@link CacheEvents}: implementations run inside Ehcache's own
 * calls, must not block, and keep no object but behind a weak reference. All methods may be called
 * by many threads at once. Operations are those of {@link CacheEvents}.
 */
public abstract class TransportEvents {
  /** One topic of a broker. */
  public static final int JMS = 0;

  /** One group, by its channel. */
  public static final int JGROUPS = 1;

  static final TransportEvents NONE = new TransportEvents() {};

  /** A replicator that is none of RMI's was registered with a cache: its class tells which. */
  public void cacheReplicated(Object listeners, @Nullable Object cache, Object replicator) {}

  /** A change stays here, because the element or its key is not serializable. */
  public void unserializable(int transport, Object listeners, Object cache) {}

  /** Whether {@link #replicating} has told of that replicator. */
  public boolean knows(Object replicator) {
    return true;
  }

  /**
   * A replicator is told of its first change, which it will hand on at once or, when it {@code
   * queues}, later. {@code listeners} is the cache's identity.
   */
  public void replicating(
      int transport,
      Object listeners,
      Object cache,
      String name,
      String manager,
      Object replicator,
      boolean queues) {}

  /** That replicator is about to hand on so many changes; 0 when that is not known yet. */
  public void handingOver(Object replicator, int changes) {}

  /** ... namely these, which it took from its queue. */
  public void drained(List<?> changes) {}

  /**
   * ... and now one of them, to the {@code peer} that stands for the topic and is one for each
   * manager; {@code collected} when its element is gone, so that the receiver will find nothing in
   * it.
   */
  public void handing(Object peer, String cache, int operation, boolean collected) {}

  /** All of them were offered; {@code failure} is what that threw. */
  public void handedOver(@Nullable Throwable failure) {}

  /** What was named just now is about to be sent. */
  public void sending(int transport) {}

  /** ... which failed: an exception reached a handler of the sender's. */
  public void sendingFailed(Throwable failure) {}

  /** ... which failed before anything was sent: this was thrown while it was serialized. */
  public void serializationFailed(Throwable failure) {}

  /** ... and has returned; {@code failure} is what that threw. */
  public void sent(@Nullable Throwable failure) {}

  /**
   * A change of the cache of that name is about to wait in the queue that all caches of its manager
   * share. {@code peer} stands for the group, and is one for each manager.
   */
  public void groupQueueing(Object peer, String cache) {}

  /** ... and could not be put there. */
  public void groupUnqueued(Object peer, String cache) {}

  /** A change was thrown away, because the group was left. */
  public void groupRefused(Object peer, String cache) {}

  /** A change was taken from that queue; {@code valid} unless its element is gone. */
  public void groupPolled(String cache, boolean valid, Object peer) {}

  /** A change is in what is about to be sent to the group. */
  public void groupHanding(Object peer, String cache, int operation) {}

  /** The queue was emptied; {@code failure} is what that threw. */
  public void groupFlushed(@Nullable Throwable failure) {}

  /** The topic or the group is about to be left: what is still sent over that peer will fail. */
  public void peerDisposing(Object peer) {}

  /** The group was left; what waited in its queue was flushed once before. */
  public void groupDisposed(Object peer) {}

  /** A change that came over a transport was applied. */
  public void received(int transport, Object listeners, Object cache, int operation) {}
}
