package io.tribescope.agent.metrics.caches;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Objects;

/** What a cache's series are told apart by. Immutable. */
final class CacheName {
  final String context;
  final String manager;
  final String cache;

  /** What Ehcache calls a manager without a name, and older versions with their object's hash. */
  private static final String UNNAMED = "__DEFAULT__";

  private static final String MADE_UP = "net.sf.ehcache.CacheManager@";

  /**
   * @param context empty when the cache is no webapp's
   * @param manager as Ehcache gives it: what an old version makes up is another after each start
   */
  CacheName(String context, String manager, String cache) {
    this.context = context;
    this.manager = manager.startsWith(MADE_UP) ? UNNAMED : manager;
    this.cache = cache;
  }

  Labels labels(String cluster) {
    return managerLabels(cluster).add("cache", cache);
  }

  Labels managerLabels(String cluster) {
    return Labels.of("cluster", cluster, "context", context, "manager", manager);
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof CacheName)) {
      return false;
    }
    CacheName name = (CacheName) other;
    return context.equals(name.context) && manager.equals(name.manager) && cache.equals(name.cache);
  }

  @Override
  public int hashCode() {
    return Objects.hash(context, manager, cache);
  }
}
