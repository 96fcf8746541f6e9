package io.tribescope.agent.recording.cache;

import io.tribescope.agent.recording.cache.CacheRecords.Replicator;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The replicated caches behind one peer of JGroups, which all caches of a manager share: a change
 * in its queue tells its cache by name alone. Thread-safe; a look-up allocates nothing.
 */
final class Group {
  private static final int LIMIT = 1024;

  private final ConcurrentMap<String, Replicator> replicators = new ConcurrentHashMap<>();

  /** A cache that has come again by its name takes the old one's place. */
  void learn(String cache, Replicator replicator) {
    if (replicators.get(cache) != replicator && replicators.size() < LIMIT) {
      replicators.put(cache, replicator);
    }
  }

  @Nullable Replicator of(String cache) {
    return replicators.get(cache);
  }

  Collection<Replicator> all() {
    return replicators.values();
  }
}
