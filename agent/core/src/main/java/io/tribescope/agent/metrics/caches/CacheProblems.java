package io.tribescope.agent.metrics.caches;

import io.tribescope.agent.ehcache.BoundPeer;
import io.tribescope.agent.ehcache.HostAndPort;
import io.tribescope.agent.ehcache.PeerProvider;
import io.tribescope.agent.ehcache.ReplicatedCache;
import io.tribescope.agent.metrics.ConfigCheck;
import io.tribescope.agent.metrics.caches.CacheReadings.Reading;
import io.tribescope.agent.reads.HostAddresses;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.PeerUrl;
import io.tribescope.agent.recording.cache.records.ProviderRecord;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
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

  /** JGroups tells at once who is in a group; but not whether one who left is only restarting. */
  static final long GROUP_WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** More problems than anybody reads lines of. */
  private static final int SAID = 100;

  private final CacheRecords records;
  private final HostAddresses hosts;
  private final LongSupplier nanoTime;

  /** Caches that nobody else of their group has, and since when. */
  private final Map<CacheRecord, Long> aloneNanos = new HashMap<>();

  private final Set<String> said = new HashSet<>();

  /** What this scrape has found out: the system lists all its interfaces for each answer. */
  private final Map<String, Boolean> local = new HashMap<>();

  CacheProblems(CacheRecords records, HostAddresses hosts) {
    this(records, hosts, System::nanoTime);
  }

  CacheProblems(CacheRecords records, HostAddresses hosts, LongSupplier nanoTime) {
    this.records = records;
    this.hosts = hosts;
    this.nanoTime = nanoTime;
  }

  Set<ConfigCheck> of(List<Reading> readings) {
    Set<ConfigCheck> found = EnumSet.noneOf(ConfigCheck.class);
    local.clear();
    Map<String, Object> bound = boundUrls(readings);
    long now = nanoTime.getAsLong();
    Set<CacheRecord> living = new HashSet<>();
    for (Reading reading : readings) {
      ReplicatedCache cache = reading.alive;
      Object manager = cache == null ? null : cache.manager();
      if (cache != null && manager != null) {
        Object provider = cache.provider();
        PeerProvider peers = provider == null ? null : new PeerProvider(provider);
        List<PeerUrl> urls = peers == null ? Collections.emptyList() : urls(reading, peers, now);
        checkHost(found, reading, manager, peers, urls, bound.keySet());
        if (peers != null) {
          checkUrls(found, reading, manager, peers, urls, bound);
          checkPeers(found, reading, peers, urls, now);
        }
        checkGroup(found, reading, now);
        living.add(reading.record);
      }
    }
    aloneNanos.keySet().retainAll(living);
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

  /** Where the peers of that cache are, as its provider was told. */
  private List<PeerUrl> urls(Reading reading, PeerProvider peers, long now) {
    List<PeerUrl> urls = new ArrayList<>();
    ProviderRecord record = records.knownProvider(peers.provider());
    if (record != null) {
      for (PeerUrl url : record.urls(!peers.isMulticast(), now)) {
        if (url.cacheName().equals(reading.name.cache)) {
          urls.add(url);
        }
      }
    }
    return urls;
  }

  private void checkHost(
      Set<ConfigCheck> found,
      Reading reading,
      Object manager,
      @Nullable PeerProvider peers,
      List<PeerUrl> urls,
      Set<String> bound) {
    HostAndPort own = HostAndPort.of(BoundPeer.url(reading.record.boundPeer()));
    if (own == null) {
      return;
    }
    if (isLoopback(own.host) && (peers == null || !areAllHere(peers, urls, bound))) {
      report(found, ConfigCheck.EHCACHE_LOOPBACK, reading.name, "");
    }
    if (records.isHostUnnamed(manager)) {
      report(found, ConfigCheck.EHCACHE_HOST_UNSET, reading.name, "");
    }
  }

  /**
   * Whether all nodes are on one host: another JVM is configured there, or its heartbeat came and a
   * registry answered, and none is known elsewhere.
   */
  private boolean areAllHere(PeerProvider peers, List<PeerUrl> urls, Set<String> bound) {
    boolean here = false;
    for (PeerUrl url : urls) {
      HostAndPort peer = HostAndPort.of(url.url());
      InetAddress address = peer == null ? null : hosts.of(peer.host);
      if (peer == null || address == null || bound.contains(url.url())) {
        continue;
      }
      if (!isLocal(peer.host)) {
        return false;
      }
      // Another host's heartbeat can name its loopback, too, where this one has nobody.
      here |= url.isFound() || !peers.isMulticast();
    }
    return here;
  }

  private void checkUrls(
      Set<ConfigCheck> found,
      Reading reading,
      Object manager,
      PeerProvider peers,
      List<PeerUrl> urls,
      Map<String, Object> bound) {
    HostAndPort own = HostAndPort.of(BoundPeer.url(reading.record.boundPeer()));
    for (PeerUrl url : urls) {
      Object other = bound.get(url.url());
      if (other != null && other != manager) {
        report(found, ConfigCheck.EHCACHE_MANAGERS_CROSSED, reading.name, "");
      }
      if (!peers.isMulticast() && isOwn(HostAndPort.of(url.url()), own)) {
        report(found, ConfigCheck.EHCACHE_SELF_PEER, reading.name, "");
      }
    }
  }

  /** Whether there has been nobody for longer than a bootstrap would wait. */
  private void checkPeers(
      Set<ConfigCheck> found, Reading reading, PeerProvider peers, List<PeerUrl> urls, long now) {
    long forming = peers.formingNanos();
    boolean alone =
        peers.isMulticast()
            ? forming >= 0 && nobodyHeardNanos(reading, peers.staleNanos(), urls, now) > forming
            : reading.record.nobodyListedNanos() > Math.max(MANUAL_WAIT_NANOS, forming);
    if (alone) {
      reportNoPeers(found, reading);
    }
  }

  private void reportNoPeers(Set<ConfigCheck> found, Reading reading) {
    report(found, ConfigCheck.EHCACHE_NO_PEERS, reading.name, " of cache " + reading.name.cache);
  }

  /** Whether nobody else has been in its group of JGroups for long. */
  private void checkGroup(Set<ConfigCheck> found, Reading reading, long now) {
    Integer members = reading.groupMembers;
    if (members == null) {
      // Not known this time: what was known is not contradicted.
      return;
    }
    if (members > 0) {
      aloneNanos.remove(reading.record);
    } else if (now - aloneNanos.computeIfAbsent(reading.record, r -> now) > GROUP_WAIT_NANOS) {
      reportNoPeers(found, reading);
    }
  }

  /** How long ago the last peer's heartbeat became stale; below 0 when that is not known. */
  private static long nobodyHeardNanos(Reading reading, long stale, List<PeerUrl> urls, long now) {
    if (stale < 0) {
      return -1;
    }
    long nobody = now - reading.record.sinceNanos();
    for (PeerUrl url : urls) {
      if (url.wasFound()) {
        // In this order: an application can set what is as good as for ever.
        nobody = Math.min(nobody, now - url.foundNanos() - stale);
      }
    }
    return nobody;
  }

  private boolean isOwn(@Nullable HostAndPort peer, @Nullable HostAndPort own) {
    return peer != null
        && own != null
        && peer.port == own.port
        && (peer.host.equals(own.host) || isLocal(peer.host));
  }

  private boolean isLocal(String host) {
    return local.computeIfAbsent(host, this::askWhetherLocal);
  }

  private boolean askWhetherLocal(String host) {
    InetAddress address = hosts.of(host);
    try {
      return address != null
          && (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null);
    } catch (SocketException e) {
      return false;
    }
  }

  private boolean isLoopback(String host) {
    InetAddress address = hosts.of(host);
    return address != null && address.isLoopbackAddress();
  }

  private void report(Set<ConfigCheck> found, ConfigCheck check, CacheName name, String detail) {
    found.add(check);
    String whose =
        "cache manager " + name.manager + (name.context.isEmpty() ? "" : " in " + name.context);
    if (said.size() < SAID && said.add(check.label() + whose + detail)) {
      logger.warn("Configuration problem {}: {}{}", check.label(), whose, detail);
    }
  }
}
