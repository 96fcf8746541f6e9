package io.tribescope.agent.ehcache;

import org.jspecify.annotations.Nullable;

/** What a scrape asks of a provider of peers over RMI, from outside its class loader. */
public final class PeerProvider {
  private final Object provider;

  public PeerProvider(Object provider) {
    this.provider = provider;
  }

  /** Whether it finds its peers by their heartbeats; otherwise they were configured. */
  public boolean isMulticast() {
    return provider.getClass().getSimpleName().startsWith("Multicast");
  }

  public @Nullable Object manager() {
    return ReplicatedCache.get(provider, "getCacheManager");
  }

  /**
   * How long a bootstrap waits for peers, in nanoseconds; so long after its last heartbeat a peer
   * is no longer sent to.
   */
  public long formingNanos() {
    Object millis = ReplicatedCache.get(provider, "getTimeForClusterToForm");
    return millis instanceof Number ? ((Number) millis).longValue() * 1_000_000 : 0;
  }
}
