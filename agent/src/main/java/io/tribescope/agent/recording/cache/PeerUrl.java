package io.tribescope.agent.recording.cache;

/** One cache of one peer, as a provider knows it. Thread-safe. */
public final class PeerUrl {
  private final String url;
  private final int host;
  private volatile long heardNanos;
  private volatile boolean found;

  PeerUrl(String url, int host) {
    this.url = url;
    this.host = host;
  }

  void heard(long now) {
    heardNanos = now;
  }

  void found(boolean isFound) {
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
}
