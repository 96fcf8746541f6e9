package io.tribescope.agent.recording.cache.records;

import org.jspecify.annotations.Nullable;

/** A replicator: whose changes it sends, and what waits in it. Thread-safe. */
public final class Replicator {
  public final CacheRecord cache;

  /** Null when it sends at once. */
  public final @Nullable ReplicationQueue queue;

  /** Whether it has begun to end: what finds nobody then is dropped by its shutdown. */
  public volatile boolean disposed;

  /** Whose topic it sends to; null until it has. */
  public volatile @Nullable Group topic;

  public Replicator(CacheRecord cache, @Nullable ReplicationQueue queue) {
    this.cache = cache;
    this.queue = queue;
  }
}
