package io.tribescope.agent.metrics.caches;

import static io.tribescope.agent.metrics.Scope.CACHE;
import static io.tribescope.agent.metrics.Scope.CACHE_MANAGER;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.cache.records.BootstrapOutcome;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import io.tribescope.metrics.MetricFamily;

/** Replicated Ehcache caches. */
public final class CacheFamilies {
  static final MetricFamily EVENTS =
      CACHE
          .counter("ehcache_replication_events_total")
          .by("origin", "local", "remote")
          .by("operation", "put", "update", "remove", "remove_all")
          .observed(Observed.CACHE_EVENTS, AgentCost.IDENTIFIED)
          .means(
              "Changes of a replicated cache: local, made here; remote, a peer's, those of a bootstrap included. Expiry and eviction are never replicated.")
          .only("with a replicated cache")
          .good("remote grows as fast as the peers' local, by the operations that are replicated.");

  static final MetricFamily SENT =
      CACHE
          .counter("ehcache_replication_sent_total")
          .by("peer")
          .by("operation", "put", "remove", "remove_all")
          .observed(Observed.CACHE_SENDS, AgentCost.IDENTIFIED)
          .means(
              "Changes that the peer has applied, as they travel: an update is a put, or a remove where it is sent as an invalidation. peer: its IP address; or jms, and sent is what the broker took, or jgroups, and sent is what the channel took: who got it nobody here knows.")
          .only("with a replicated cache")
          .good(
              "as much as that peer's ehcache_replication_received_total from here; of jms and jgroups, all nodes together receive it as often as there are others.");

  static final MetricFamily FAILURES =
      CACHE
          .counter("ehcache_replication_failures_total")
          .by("peer")
          .by("reason", ReplicationFailure.values())
          .observed(Observed.CACHE_SENDS, AgentCost.IDENTIFIED)
          .means(
              "Changes, each of a batch, that the peer did not get, or may not have got (timeout). stale_stub: it restarted within Ehcache's memory of it, and gets nothing until this node restarts. jms, jgroups: what the session or the channel refused.")
          .only("with a replicated cache")
          .good("0.");

  static final MetricFamily DROPPED =
      CACHE
          .counter("ehcache_replication_dropped_total")
          .by("reason", CacheDrop.values())
          .observed(Observed.CACHE_SENDS, AgentCost.IDENTIFIED)
          .means(
              "Changes that were offered to no peer. no_peers: none was found; collected: short of memory, the JVM cleared the reference behind which it waited; error: the peers could not be listed, or one change ended a flush over JMS and with it all that followed.")
          .only("with a replicated cache")
          .good("0.");

  static final MetricFamily RECEIVED =
      CACHE
          .counter("ehcache_replication_received_total")
          .by("peer")
          .by("operation", "put", "remove", "remove_all")
          .observed(Observed.CACHE_RECEIPTS, AgentCost.IDENTIFIED)
          .means(
              "Changes of that peer's that were applied here, as they travelled. peer: jms or jgroups for whoever sent them over that.")
          .only("with a replicated cache")
          .good(
              "as much as that peer's ehcache_replication_sent_total to here; of jms and jgroups, as much as all other nodes sent together.");

  static final MetricFamily QUEUE =
      CACHE
          .gauge("ehcache_replication_queue_elements")
          .observed(Observed.CACHE_QUEUE, AgentCost.IDENTIFIED)
          .means("Changes that wait for the cache's asynchronous replicator.")
          .only("with an asynchronous replicator")
          .good("near 0, at most what a second brings; the queue has no bound.");

  static final MetricFamily DELAY =
      CACHE_MANAGER
          .histogram("ehcache_replication_delay_seconds")
          .by("peer")
          .observed(Observed.CACHE_SENDS, AgentCost.IDENTIFIED)
          .means(
              "From a change here to its return from the peer, where it was applied: an upper bound of the lag, by one clock. Of more than 4096 changes that wait at once the oldest have no sample.")
          .only("with a cache that is replicated over RMI")
          .good("milliseconds; an asynchronous replicator adds up to its interval.");

  static final MetricFamily WAITING =
      CACHE
          .gauge("ehcache_replication_waiting_seconds")
          .by("peer")
          .observed(Observed.CACHE_SENDS, AgentCost.IDENTIFIED)
          .means(
              "How long replication has now been waiting for that peer's answer; 0 when it is not. While it grows nothing else of the cache is replicated; a synchronous replicator keeps the application waiting.")
          .only("with a replicated cache")
          .good("0.");

  static final MetricFamily PEERS =
      CACHE
          .gauge("ehcache_replication_peers")
          .observed(Observed.CACHE_PEERS, AgentCost.IDENTIFIED)
          .means(
              "Peers found: by multicast, those whose heartbeat is not stale; configured ones, those that answered when something was last sent; over JGroups, the other members of the group. JMS does not tell.")
          .only("with a replicated cache, and with configured peers after the first change")
          .good("as many as there are other nodes.");

  static final MetricFamily HEARTBEAT_AGE =
      CACHE_MANAGER
          .gauge("ehcache_replication_peer_heartbeat_age_seconds")
          .by("peer")
          .observed(Observed.CACHE_HEARTBEATS, AgentCost.IDENTIFIED)
          .means("Age of the peer's newest heartbeat. For a day after the last one.")
          .only("with multicast discovery")
          .good("below the interval of the heartbeats, 5 s by default.");

  static final MetricFamily BOOTSTRAPS =
      CACHE
          .counter("ehcache_bootstrap_total")
          .by("outcome", BootstrapOutcome.values())
          .observed(Observed.CACHE_BOOTSTRAPS, AgentCost.IDENTIFIED)
          .means(
              "How the cache got what its peers held when it started. no_peers: nobody was found in time, it began empty.")
          .only("with a replicated cache, and not over JGroups")
          .good("complete, or no_peers on the first node.");

  static final MetricFamily BOOTSTRAP_SECONDS =
      CACHE
          .histogram("ehcache_bootstrap_seconds")
          .by("outcome", BootstrapOutcome.values())
          .observed(Observed.CACHE_BOOTSTRAPS, AgentCost.IDENTIFIED)
          .means("How long that took, the wait for peers included.")
          .only("with a replicated cache that was bootstrapped")
          .good("seconds.");

  static final MetricFamily ELEMENTS =
      CACHE
          .gauge("ehcache_cache_elements")
          .means("Elements that the cache holds on this node.")
          .only("with a replicated cache")
          .good("alike on all nodes where puts are copied; with invalidation they differ.");

  private CacheFamilies() {}
}
