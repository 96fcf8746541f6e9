package io.tribescope.agent.recording.cache.records;

/** Sums what several caches counted. For one scrape; not thread-safe. */
public final class CacheTotal {
  private static final Object NO_CACHE = new Object();

  private final CacheRecord sum = new CacheRecord(NO_CACHE);

  public void add(CacheRecord cache) {
    sum.absorb(cache);
  }

  /** The sum so far; of no cache in particular. */
  public CacheRecord cache() {
    return sum;
  }
}
