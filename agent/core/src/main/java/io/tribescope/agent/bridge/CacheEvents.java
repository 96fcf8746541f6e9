package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Changes of caches, and the replicators over RMI that hear of them. {@code listeners} is a cache's
 * identity in all that is reported of it; operations are those of {@link CacheOperation}.
 */
public interface CacheEvents {
  CacheEvents NONE = new CacheEvents() {};

  /**
   * A replicator was registered with a cache: from now on its changes are to reach others. {@code
   * queues} when they wait for a thread of its own.
   */
  default void cacheReplicated(
      Object listeners, @Nullable Object cache, Object replicator, boolean queues) {}

  /** A cache tells its listeners of a change, made here or, when {@code remote}, by a peer. */
  default void cacheChanged(Object listeners, int operation, boolean remote) {}

  /** A replicator is told of a change; its registration may have been missed. */
  default void replicating(Object listeners, Object cache, Object replicator, boolean queues) {}

  /** The same of a change that stays here: the element or its key is not serializable. */
  default void unserializable(Object listeners, Object cache, Object replicator, boolean queues) {}
}
