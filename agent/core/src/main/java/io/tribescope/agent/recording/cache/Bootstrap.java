package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import org.jspecify.annotations.Nullable;

/** A cache that fetches what its peers hold, once in its life. Of one thread. */
final class Bootstrap implements Notes {
  /** Null when there was no room for it. */
  final @Nullable CacheRecord cache;

  /** Within which this one began; null for none. */
  final @Nullable Bootstrap outer;

  final long beginNanos = System.nanoTime();
  int peers;

  Bootstrap(@Nullable CacheRecord cache, @Nullable Bootstrap outer) {
    this.cache = cache;
    this.outer = outer;
  }
}
