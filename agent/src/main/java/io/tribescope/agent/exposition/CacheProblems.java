package io.tribescope.agent.exposition;

import io.tribescope.agent.ehcache.BoundPeer;
import io.tribescope.agent.ehcache.PeerProvider;
import io.tribescope.agent.ehcache.ReplicatedCache;
import io.tribescope.agent.exposition.CacheReadings.Reading;
import io.tribescope.agent.recording.cache.CacheRecords;
import io.tribescope.agent.recording.cache.PeerUrl;
import io.tribescope.agent.recording.cache.ProviderRecord;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong in how replicated caches are configured. Says once of each problem whose it is. For
 * scrapes; not thread-safe.
 */
final class CacheProblems {
  private static final Logger logger = LoggerFactory.getLogger(CacheProblems.class);

  /** What a bootstrap waits for configured peers, who tell no time. */
  private static final long MANUAL_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** More problems than anybody reads lines of. */
  private static final int SAID = 100;

  private final CacheRecords records;
  private final Set<String> said = new HashSet<>();

  CacheProblems(CacheRecords records) {
    this.records = records;
  }

  Set<ConfigCheck> of(List<Reading> readings) {
    Set<ConfigCheck> found = EnumSet.noneOf(ConfigCheck.class);
    Map<String, Object> bound = boundUrls(readings);
    for (Reading reading : readings) {
      ReplicatedCache cache = reading.alive;
      Object manager = cache == null ? null : cache.manager();
      if (cache != null && manager != null) {
        checkHost(found, reading, manager);
        checkPeers(found, reading, cache, manager, bound);
      }
    }
    return found;
  }

  /** Whose cache stands behind each URL of this JVM. */
  private static Map<String, Object> boundUrls(List<Reading> readings) {
    Map<String, Object> managers = new HashMap<>();
    for (Reading reading : readings) {
      if (reading.alive != null) {
        String url = BoundPeer.url(reading.record.boundPeer());
        Object manager = reading.alive.manager();
        if (url != null && manager != null) {
          managers.put(url, manager);
        }
      }
    }
    return managers;
  }

  private void checkHost(Set<ConfigCheck> found, Reading reading, Object manager) {
    URI own = uri(BoundPeer.url(reading.record.boundPeer()));
    if (own == null) {
      return;
    }
    if (isLoopback(own.getHost())) {
      report(found, ConfigCheck.EHCACHE_LOOPBACK, reading.name, "");
    }
    if (records.isHostUnnamed(manager)) {
      report(found, ConfigCheck.EHCACHE_HOST_UNSET, reading.name, "");
    }
  }

  private void checkPeers(
      Set<ConfigCheck> found,
      Reading reading,
      ReplicatedCache cache,
      Object manager,
      Map<String, Object> bound) {
    Object provider = cache.provider();
    ProviderRecord record = provider == null ? null : records.knownProvider(provider);
    if (provider == null) {
      return;
    }
    PeerProvider peers = new PeerProvider(provider);
    long now = System.nanoTime();
    URI own = uri(BoundPeer.url(reading.record.boundPeer()));
    long heard = reading.record.sinceNanos();
    if (record != null) {
      for (PeerUrl url : record.urls(!peers.isMulticast(), now)) {
        if (!url.cacheName().equals(reading.name.cache)) {
          continue;
        }
        Object other = bound.get(url.url());
        if (other != null && other != manager) {
          report(found, ConfigCheck.EHCACHE_MANAGERS_CROSSED, reading.name, "");
        }
        if (!peers.isMulticast() && isOwn(uri(url.url()), own)) {
          report(found, ConfigCheck.EHCACHE_SELF_PEER, reading.name, "");
        }
        if (url.isFound()) {
          heard = Math.max(heard, url.heardNanos() + peers.formingNanos());
        }
      }
    }
    if (peers.isMulticast()
        ? now - heard > peers.formingNanos()
        : reading.record.nobodyListedNanos() > Math.max(MANUAL_WAIT_NANOS, peers.formingNanos())) {
      report(found, ConfigCheck.EHCACHE_NO_PEERS, reading.name, " of cache " + reading.name.cache);
    }
  }

  private static boolean isOwn(@Nullable URI peer, @Nullable URI own) {
    return peer != null
        && own != null
        && peer.getPort() == own.getPort()
        && (peer.getHost().equals(own.getHost()) || isLocal(peer.getHost()));
  }

  private static boolean isLocal(String host) {
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Of {@code //host:port/cache}; null for what names no host. */
  private static @Nullable URI uri(@Nullable String url) {
    int end = url == null ? -1 : url.indexOf('/', url.indexOf("//") + 2);
    if (url == null || end < 0) {
      return null;
    }
    try {
      // Without the cache's name, which may hold anything.
      URI uri = URI.create(url.substring(0, end));
      return uri.getHost() == null ? null : uri;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private void report(Set<ConfigCheck> found, ConfigCheck check, CacheName name, String detail) {
    found.add(check);
    String whose =
        "cache manager " + name.manager + (name.context.isEmpty() ? "" : " in " + name.context);
    if (said.size() < SAID && said.add(check.label + whose + detail)) {
      logger.warn("Configuration problem {}: {}{}", check.label, whose, detail);
    }
  }
}
