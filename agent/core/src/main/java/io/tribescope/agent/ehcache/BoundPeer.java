package io.tribescope.agent.ehcache;

import org.jspecify.annotations.Nullable;

/** What a scrape asks of the object through which others reach a cache. */
public final class BoundPeer {
  private BoundPeer() {}

  /** {@code //host:port/cache}, as this node announces it; null when it cannot be read. */
  public static @Nullable String url(@Nullable Object peer) {
    return ReplicatedCache.text(ReplicatedCache.get(peer, "getUrl"));
  }
}
