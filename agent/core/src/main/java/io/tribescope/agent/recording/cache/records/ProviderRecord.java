package io.tribescope.agent.recording.cache.records;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The peers that one provider of a cache manager was told of. Thread-safe. */
public final class ProviderRecord {
  private static final int LIMIT = 4096;

  /** After so long without a heartbeat a URL is forgotten: its node is gone. */
  private static final long FORGOTTEN_NANOS = 24L * 3600 * 1_000_000_000;

  private final WeakReference<Object> provider;
  private final ConcurrentMap<String, PeerUrl> urls = new ConcurrentHashMap<>();

  ProviderRecord(Object provider) {
    this.provider = new WeakReference<>(provider);
  }

  /** The Ehcache object; null once it is gone. */
  public @Nullable Object provider() {
    return provider.get();
  }

  /** Null when there are too many. */
  public @Nullable PeerUrl heard(String url, PeerHosts hosts, long now) {
    PeerUrl known = urls.get(url);
    if (known == null) {
      if (urls.size() >= LIMIT) {
        return null;
      }
      known = urls.computeIfAbsent(url, added -> new PeerUrl(added, hosts.ofUrl(added)));
    }
    known.heard(now);
    return known;
  }

  /** For scrapes: those heard of within the last day, and all that were configured. */
  public List<PeerUrl> urls(boolean configured, long now) {
    Collection<PeerUrl> all = urls.values();
    if (!configured) {
      all.removeIf(url -> now - url.heardNanos() > FORGOTTEN_NANOS);
    }
    return new ArrayList<>(all);
  }
}
