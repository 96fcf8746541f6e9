package io.tribescope.agent.recording.cache.records;

/** One cache of one peer, as a provider knows it. Thread-safe. */
public final class PeerUrl {
  private final String url;
  private final int host;
  private volatile long heardNanos;

  /** 0 when it never was. */
  private volatile long foundNanos;

  private volatile boolean found;

  PeerUrl(String url, int host) {
    this.url = url;
    this.host = host;
  }

  void heard(long now) {
    heardNanos = now;
  }

  public void found(boolean isFound, long now) {
    if (isFound) {
      foundNanos = now | 1;
    }
    found = isFound;
  }

  /** {@code //host:port/cache}. */
  public String url() {
    return url;
  }

  /** As Ehcache reads it. */
  public String cacheName() {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  /** The peer's number in {@link PeerHosts}. */
  public int host() {
    return host;
  }

  /** When its last heartbeat came, or it was configured, by the monotonic clock. */
  public long heardNanos() {
    return heardNanos;
  }

  /** Whether the peer's registry knew the cache when it was last looked up. */
  public boolean isFound() {
    return found;
  }

  /** Whether the peer's registry ever knew the cache. */
  public boolean wasFound() {
    return foundNanos != 0;
  }

  /**
   * When it was last heard and its registry knew the cache, by the monotonic clock, if it ever did:
   * what Ehcache itself counts from. A heartbeat whose look-up lasts is not yet one.
   */
  public long foundNanos() {
    return foundNanos;
  }
}
