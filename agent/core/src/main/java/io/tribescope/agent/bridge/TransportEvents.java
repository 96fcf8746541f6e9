package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change's way to JMS and JGroups and from there, of which only the whole is known and no single
 * peer. Operations are those of {@link CacheOperation}.
 */
public interface TransportEvents {
  /** One topic of a broker. */
  int JMS = 0;

  /** One group, by its channel. */
  int JGROUPS = 1;

  TransportEvents NONE = new TransportEvents() {};

  /** A replicator that is none of RMI's was registered with a cache: its class tells which. */
  default void cacheReplicated(Object listeners, @Nullable Object cache, Object replicator) {}

  /** A change stays here, because the element or its key is not serializable. */
  default void unserializable(int transport, Object listeners, Object cache) {}

  /** Whether {@link #replicating} has told of that replicator. */
  default boolean knows(Object replicator) {
    return true;
  }

  /**
   * A replicator is told of its first change, which it will hand on at once or, when it {@code
   * queues}, later. {@code listeners} is the cache's identity.
   */
  default void replicating(
      int transport,
      Object listeners,
      Object cache,
      String name,
      String manager,
      Object replicator,
      boolean queues) {}

  /** That replicator is about to hand on so many changes; 0 when that is not known yet. */
  default @Nullable Notes handingOver(Object replicator, int changes) {
    return null;
  }

  /** It took these from its queue, and hands them on now. */
  default void queueDrained(List<?> changes) {}

  /**
   * One of them is next, to the {@code peer} that stands for the topic and is one for each manager;
   * {@code collected} when its element is gone, so that the receiver will find nothing in it.
   */
  default void handing(Object peer, String cache, int operation, boolean collected) {}

  /** All of them were offered; {@code failure} is what that threw. */
  default void handedOver(@Nullable Notes begun, @Nullable Throwable failure) {}

  /** What was named just now is about to be sent. */
  default @Nullable Notes sending(int transport) {
    return null;
  }

  /** The sending failed: an exception reached a handler of the sender's. */
  default void sendingFailed(Throwable failure) {}

  /** It failed before anything was sent: this was thrown while it was serialized. */
  default void serializationFailed(Throwable failure) {}

  /** The sending has returned; {@code failure} is what that threw. */
  default void sent(@Nullable Notes begun, @Nullable Throwable failure) {}

  /** The topic or the group is about to be left: what is still sent over that peer will fail. */
  default void peerDisposing(Object peer) {}

  /** A change that came over a transport was applied. */
  default void received(int transport, Object listeners, Object cache, int operation) {}
}
