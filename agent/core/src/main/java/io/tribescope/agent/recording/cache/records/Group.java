package io.tribescope.agent.recording.cache.records;

import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The replicated caches behind one peer of JMS or JGroups, which all caches of a manager share: a
 * change in JGroups' queue tells its cache by name alone. Thread-safe; a look-up allocates nothing.
 */
public final class Group {
  public static final int LIMIT = 1024;

  private final ConcurrentMap<String, Replicator> replicators = new ConcurrentHashMap<>();
  private volatile boolean full;
  private volatile boolean saturated;

  /**
   * A cache that has come again by its name takes the old one's place.
   *
   * @return false when there is no room for the name
   */
  public boolean learn(String cache, Replicator replicator) {
    Replicator known = replicators.get(cache);
    if (known == replicator) {
      return true;
    }
    if (known == null && full) {
      return false;
    }
    return add(cache, replicator);
  }

  private synchronized boolean add(String cache, Replicator replicator) {
    if (replicators.size() >= LIMIT && !replicators.containsKey(cache)) {
      full = true;
      saturated = true;
      return false;
    }
    replicators.put(cache, replicator);
    return true;
  }

  public @Nullable Replicator of(String cache) {
    return replicators.get(cache);
  }

  public Collection<Replicator> all() {
    return replicators.values();
  }

  /** For scrapes: forgets what the application has dropped, where there was no room. */
  synchronized void seekRoom() {
    if (full) {
      replicators.values().removeIf(replicator -> replicator.cache.cache() == null);
      full = replicators.size() >= LIMIT;
    }
  }

  /** Whether a name was ever left out for want of room. */
  boolean saturated() {
    return saturated;
  }
}
