package io.tribescope.agent.metrics.caches;

import static io.tribescope.agent.metrics.Descriptor.counter;
import static io.tribescope.agent.metrics.Descriptor.gauge;
import static io.tribescope.agent.metrics.Descriptor.histogram;

import io.tribescope.agent.metrics.Cost;
import io.tribescope.agent.metrics.Descriptor;
import io.tribescope.agent.metrics.Metric;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.cache.BootstrapOutcome;
import io.tribescope.agent.recording.cache.CacheDrop;
import io.tribescope.agent.recording.cache.ReplicationFailure;

/** What is measured of replicated Ehcache caches. */
public enum CacheMetric implements Metric {
  EVENTS(
      counter("ehcache_replication_events")
          .ofACache()
          .by("origin", "local", "remote")
          .by("operation", "put", "update", "remove", "remove_all")
          .observed(Observed.CACHE_EVENTS, Cost.IDENTIFIED)
          .means(
              "Changes of a replicated cache: local, made here; remote, a peer's, those of a bootstrap included. Expiry and eviction are never replicated.")
          .only("with a replicated cache")
          .good(
              "remote grows as fast as the peers' local, by the operations that are replicated.")),
  SENT(
      counter("ehcache_replication_sent")
          .ofACache()
          .by("peer")
          .by("operation", "put", "remove", "remove_all")
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "Changes that the peer has applied, as they travel: an update is a put, or a remove where it is sent as an invalidation. peer: its IP address; or jms, and sent is what the broker took, or jgroups, and sent is what the channel took: who got it nobody here knows.")
          .only("with a replicated cache")
          .good(
              "as much as that peer's ehcache_replication_received_total from here; of jms and jgroups, all nodes together receive it as often as there are others.")),
  FAILURES(
      counter("ehcache_replication_failures")
          .ofACache()
          .by("peer")
          .by("reason", ReplicationFailure.values())
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "Changes, each of a batch, that the peer did not get, or may not have got (timeout). stale_stub: it restarted within Ehcache's memory of it, and gets nothing until this node restarts. jms, jgroups: what the session or the channel refused.")
          .only("with a replicated cache")
          .good("0.")),
  DROPPED(
      counter("ehcache_replication_dropped")
          .ofACache()
          .by("reason", CacheDrop.values())
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "Changes that were offered to no peer. no_peers: none was found; collected: short of memory, the JVM cleared the reference behind which it waited; error: the peers could not be listed, or one change ended a flush over JMS and with it all that followed.")
          .only("with a replicated cache")
          .good("0.")),
  RECEIVED(
      counter("ehcache_replication_received")
          .ofACache()
          .by("peer")
          .by("operation", "put", "remove", "remove_all")
          .observed(Observed.CACHE_RECEIPTS, Cost.IDENTIFIED)
          .means(
              "Changes of that peer's that were applied here, as they travelled. peer: jms or jgroups for whoever sent them over that.")
          .only("with a replicated cache")
          .good(
              "as much as that peer's ehcache_replication_sent_total to here; of jms and jgroups, as much as all other nodes sent together.")),
  QUEUE(
      gauge("ehcache_replication_queue_elements")
          .ofACache()
          .observed(Observed.CACHE_QUEUE, Cost.IDENTIFIED)
          .means("Changes that wait for the cache's asynchronous replicator.")
          .only("with an asynchronous replicator")
          .good("near 0, at most what a second brings; the queue has no bound.")),
  DELAY(
      histogram("ehcache_replication_delay_seconds")
          .ofACacheManager()
          .by("peer")
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "From a change here to its return from the peer, where it was applied: an upper bound of the lag, by one clock. Of more than 4096 changes that wait at once the oldest have no sample.")
          .only("with a cache that is replicated over RMI")
          .good("milliseconds; an asynchronous replicator adds up to its interval.")),
  WAITING(
      gauge("ehcache_replication_waiting_seconds")
          .ofACache()
          .by("peer")
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "How long replication has now been waiting for that peer's answer; 0 when it is not. While it grows nothing else of the cache is replicated; a synchronous replicator keeps the application waiting.")
          .only("with a replicated cache")
          .good("0.")),
  PEERS(
      gauge("ehcache_replication_peers")
          .ofACache()
          .observed(Observed.CACHE_PEERS, Cost.IDENTIFIED)
          .means(
              "Peers found: by multicast, those whose heartbeat is not stale; configured ones, those that answered when something was last sent; over JGroups, the other members of the group. JMS does not tell.")
          .only("with a replicated cache, and with configured peers after the first change")
          .good("as many as there are other nodes.")),
  HEARTBEAT_AGE(
      gauge("ehcache_replication_peer_heartbeat_age_seconds")
          .ofACacheManager()
          .by("peer")
          .observed(Observed.CACHE_HEARTBEATS, Cost.IDENTIFIED)
          .means("Age of the peer's newest heartbeat. For a day after the last one.")
          .only("with multicast discovery")
          .good("below the interval of the heartbeats, 5 s by default.")),
  BOOTSTRAPS(
      counter("ehcache_bootstrap")
          .ofACache()
          .by("outcome", BootstrapOutcome.values())
          .observed(Observed.CACHE_BOOTSTRAPS, Cost.IDENTIFIED)
          .means(
              "How the cache got what its peers held when it started. no_peers: nobody was found in time, it began empty.")
          .only("with a replicated cache, and not over JGroups")
          .good("complete, or no_peers on the first node.")),
  BOOTSTRAP_SECONDS(
      histogram("ehcache_bootstrap_seconds")
          .ofACache()
          .by("outcome", BootstrapOutcome.values())
          .observed(Observed.CACHE_BOOTSTRAPS, Cost.IDENTIFIED)
          .means("How long that took, the wait for peers included.")
          .only("with a replicated cache that was bootstrapped")
          .good("seconds.")),
  ELEMENTS(
      gauge("ehcache_cache_elements")
          .ofACache()
          .means("Elements that the cache holds on this node.")
          .only("with a replicated cache")
          .good("alike on all nodes where puts are copied; with invalidation they differ."));

  @SuppressWarnings("ImmutableEnumChecker") // not changed once it is here
  private final Descriptor descriptor;

  CacheMetric(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }
}
