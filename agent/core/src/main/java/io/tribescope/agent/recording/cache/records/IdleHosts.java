package io.tribescope.agent.recording.cache.records;

import java.util.concurrent.TimeUnit;

/**
 * Forgets hosts that have long been silent, where others will need their place: in a cluster whose
 * nodes get a new address with each start, the table would else be full after some weeks. What was
 * counted of them goes with them. For scrapes; not thread-safe.
 */
public final class IdleHosts {
  /** As members that have left are forgotten. */
  private static final long SILENT_NANOS = TimeUnit.HOURS.toNanos(24);

  /**
   * Before a number is another host's: longer than any thread that has just looked it up takes to
   * count by it. Calls that last longer are seen.
   */
  private static final long BETWEEN_NANOS = TimeUnit.HOURS.toNanos(1);

  /** With fewer hosts than that all are remembered. */
  private static final int ROOMY = 48;

  private final CacheRecords records;
  private final PeerHosts hosts;
  private final StubHosts stubs;
  private final CallsInProgress calls;

  /** What had been counted of each host when it last was not silent, and when that was. */
  private final long[] counted = new long[PeerHosts.OTHER];

  private final long[] activeNanos = new long[PeerHosts.OTHER];

  /** When each number was retired; 0 for those that were not. */
  private final long[] retiredNanos = new long[PeerHosts.OTHER];

  public IdleHosts(CacheRecords records, PeerHosts hosts, StubHosts stubs, CallsInProgress calls) {
    this.records = records;
    this.hosts = hosts;
    this.stubs = stubs;
    this.calls = calls;
  }

  public void forget(long now) {
    boolean many = hosts.all().size() >= ROOMY;
    for (int host = 0; host < hosts.size(); host++) {
      if (hosts.host(host) != null) {
        forgetIfSilent(host, many, now);
      } else if (retiredNanos[host] != 0 && now - retiredNanos[host] > BETWEEN_NANOS) {
        releaseIfUnused(host, now);
      }
    }
  }

  private void forgetIfSilent(int host, boolean many, long now) {
    long sum = 0;
    for (CacheRecord cache : records.all()) {
      sum += cache.countedOf(host);
    }
    if (activeNanos[host] == 0
        || sum != counted[host]
        || calls.has(host)
        || isAnnounced(host, now)) {
      counted[host] = sum;
      activeNanos[host] = now | 1;
    } else if (many && now - activeNanos[host] > SILENT_NANOS) {
      hosts.retire(host);
      forgetAllOf(host);
      activeNanos[host] = 0;
      retiredNanos[host] = now | 1;
    }
  }

  /** Not while it is called by a late one, or borne by an address that a provider still tells. */
  private void releaseIfUnused(int host, long now) {
    if (calls.has(host) || isAnnounced(host, now)) {
      return;
    }
    // Again: a late one may have counted, or have looked up a stub.
    forgetAllOf(host);
    retiredNanos[host] = 0;
    hosts.release(host);
  }

  private void forgetAllOf(int host) {
    stubs.forget(host);
    for (CacheRecord cache : records.all()) {
      cache.forgetPeer(host);
    }
  }

  /** By a heartbeat that is not forgotten yet, or by the configuration. */
  private boolean isAnnounced(int host, long now) {
    for (ProviderRecord provider : records.providers()) {
      for (PeerUrl url : provider.urls(true, now)) {
        if (url.host() == host) {
          return true;
        }
      }
    }
    return false;
  }
}
