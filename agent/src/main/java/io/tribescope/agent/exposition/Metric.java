package io.tribescope.agent.exposition;

import static io.tribescope.agent.exposition.Descriptor.counter;
import static io.tribescope.agent.exposition.Descriptor.gauge;
import static io.tribescope.agent.exposition.Descriptor.histogram;
import static io.tribescope.agent.exposition.Descriptor.info;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.recording.Discard;
import io.tribescope.agent.recording.FailoverOrigin;
import io.tribescope.agent.recording.FailoverOutcome;
import io.tribescope.agent.recording.MembershipEvent;
import io.tribescope.agent.recording.MessageType;
import io.tribescope.agent.recording.RequestOutcome;
import io.tribescope.agent.recording.SendFailure;
import io.tribescope.agent.recording.TransferOutcome;
import io.tribescope.agent.recording.cache.BootstrapOutcome;
import io.tribescope.agent.recording.cache.CacheDrop;
import io.tribescope.agent.recording.cache.ReplicationFailure;

/**
 * Every metric of the agent's own, in the order of the document that is made of them. Who adds one
 * writes the document anew; {@code MetricsDocumentTest} says how.
 */
enum Metric {
  NODE_INFO(
      info("tomcat_cluster_node")
          .with("member_id", "jvm_route", "tomcat_version")
          .means(
              "This node: its unique id in hex (a new one with each start, under multicast), its"
                  + " jvmRoute, its Tomcat.")
          .good("one series for each node, each with a jvmRoute of its own.")),
  CHANNEL_INFO(
      info("tomcat_cluster_channel")
          .with("send_options", "membership", "manager")
          .means("How replication is set up.")
          .good("the same on every node.")),
  MEMBERS(
      gauge("tomcat_cluster_members")
          .means("Members in this node's view, itself included, each address once.")
          .good("as many as there are nodes, on every node.")),
  EXPECTED_MEMBERS(
      gauge("tomcat_cluster_expected_members")
          .means("How many nodes there should be.")
          .only("with the option expected_members")
          .good("as many as tomcat_cluster_members.")),
  GHOST_MEMBERS(
      gauge("tomcat_cluster_ghost_members")
          .means(
              "Entries in the view whose address has a newer unique id: what a fast restart left"
                  + " behind. Every message goes to that address twice.")
          .good("0.")),
  MEMBER_UP(
      gauge("tomcat_cluster_member_up")
          .by("member")
          .means(
              "1 when the member is in this node's view; itself always. 0 for 24 h after it left.")
          .absent("with more members than the option member_series_limit")
          .good("1 for every pair of nodes.")),
  VIEW_HASH(
      gauge("tomcat_cluster_view_hash")
          .means(
              "Hash of the set of addresses in this node's view, itself included; equal views have"
                  + " equal hashes.")
          .absent("when this node announces an address that others cannot reach")
          .good("the same on every node.")),
  MEMBERSHIP_EVENTS(
      counter("tomcat_cluster_membership_events")
          .by("event", MembershipEvent.values())
          .observed(Observed.MEMBERSHIP, Cost.COUNTED)
          .means("What happened to members in this node's view.")
          .good(
              "joined and left, as often as nodes were started and stopped; rejoined means that a"
                  + " member was never down.")),
  CONFIG_PROBLEM(
      gauge("tomcat_cluster_config_problem")
          .by("check", ConfigCheck.labels())
          .with("severity")
          .means(
              "1 for each problem found in the configuration; docs/checks.md says what each means and how it is mended. Of a cache's on a node without a channel the observer is empty.")
          .only("with a problem")
          .good("no series.")),

  MESSAGES_SENT(
      counter("tomcat_cluster_messages_sent")
          .by("member")
          .by("type", MessageType.values())
          .by("confirmation", "written", "acknowledged")
          .observed(Observed.COMPLETION_BY_TYPE, Cost.TRACKED)
          .means(
              "Messages completed for that member. written: handed to the kernel, nothing more is"
                  + " known; acknowledged: the member said so. other includes the agent's own clock"
                  + " probes.")
          .absent("for a confirmation that there has not been yet")
          .good("grows for every member alike.")),
  SEND_FAILURES(
      counter("tomcat_cluster_send_failures")
          .by("member")
          .by("reason", SendFailure.values())
          .observed(Observed.COMPLETION, Cost.COUNTED)
          .means(
              "Messages not completed for that member. no_ack: it may have arrived; not_tried:"
                  + " another destination failed first.")
          .good("0.")),
  SENT_BYTES(
      counter("tomcat_cluster_sent_bytes")
          .by("member")
          .observed(Observed.COMPLETION, Cost.COUNTED)
          .means("Bytes of the content of completed messages, without Tribes' headers.")
          .good("grows for every member alike.")),
  MESSAGES_MISSING(
      counter("tomcat_cluster_messages_missing")
          .by("member")
          .observed(Observed.RECEIPTS, Cost.PROBED)
          .means(
              "Messages completed for that member that by its agent's receipts never arrived. Known half a minute later.")
          .absent("while its agent has given no receipt")
          .good("0.")),
  SEND_SECONDS(
      histogram("tomcat_cluster_send_seconds")
          .observed(Observed.SENDING, Cost.TIMED)
          .means("One send call to the network, for all of its destinations.")
          .good("milliseconds; with acknowledgements, users wait for it.")),
  QUEUE_WAIT_SECONDS(
      histogram("tomcat_cluster_queue_wait_seconds")
          .observed(Observed.QUEUE_WAIT, Cost.TIMED)
          .means(
              "From the application's send to the start of the network send, of asynchronous messages.")
          .good("milliseconds; what waits is on this node alone.")),
  QUEUE_MESSAGES(
      gauge("tomcat_cluster_queue_messages")
          .observed(Observed.QUEUE, Cost.COUNTED)
          .means("Asynchronous messages that wait for a thread which sends them.")
          .absent("without a MessageDispatchInterceptor")
          .good("near 0.")),
  QUEUE_BYTES(
      gauge("tomcat_cluster_queue_bytes")
          .means("Bytes of the asynchronous messages that wait or are being sent.")
          .absent("without a MessageDispatchInterceptor")
          .good("far below tomcat_cluster_queue_capacity_bytes.")),
  QUEUE_CAPACITY_BYTES(
      gauge("tomcat_cluster_queue_capacity_bytes")
          .means(
              "What the queue may hold. Beyond it the sending request waits for the network, or, with alwaysSend=false, the message is thrown away.")
          .absent("without a MessageDispatchInterceptor")
          .good("as configured.")),
  QUEUE_DISCARDED(
      counter("tomcat_cluster_queue_discarded")
          .by("reason", "full", "shutdown")
          .observed(Observed.QUEUE_DISCARDS, Cost.COUNTED)
          .means(
              "Messages thrown away from the queue: full, or shutdown, when it was stopped with messages in it. No node gets them.")
          .absent("without a MessageDispatchInterceptor")
          .good("0.")),
  MESSAGES_RECEIVED(
      counter("tomcat_cluster_messages_received")
          .by("member")
          .by("type", MessageType.values())
          .observed(Observed.DELIVERY_BY_TYPE, Cost.TRACKED)
          .means(
              "Messages delivered to this node, each once. The member other: from an address that"
                  + " was never in the view.")
          .good("grows as fast as that member sends.")),
  MESSAGES_DUPLICATE(
      counter("tomcat_cluster_messages_duplicate")
          .by("member")
          .observed(Observed.DELIVERY, Cost.TRACKED)
          .means("The same message delivered again: Tribes resends once.")
          .good("0, or rare.")),
  MESSAGES_FROM_STRANGERS(
      counter("tomcat_cluster_messages_from_strangers")
          .observed(Observed.APPLICATION, Cost.COUNTED)
          .means("Session messages applied although their sender was not in this node's view.")
          .good("0; a rise is evidence of a view in one direction only.")),
  RECEIVED_BYTES(
      counter("tomcat_cluster_received_bytes")
          .by("member")
          .observed(Observed.DELIVERY, Cost.COUNTED)
          .means("Bytes of the content of delivered messages, without Tribes' headers.")
          .good("grows as fast as that member sends.")),
  MESSAGES_DISCARDED(
      counter("tomcat_cluster_messages_discarded")
          .by("member")
          .by("reason", Discard.values())
          .observed(Observed.APPLICATION, Cost.COUNTED)
          .means("Messages received and not applied.")
          .good("0.")),
  APPLY_SECONDS(
      histogram("tomcat_cluster_apply_seconds")
          .observed(Observed.APPLICATION, Cost.TIMED)
          .means("From delivery of a session message to the end of its application, on this node.")
          .good("milliseconds.")),
  RECEIVER_WAIT_SECONDS(
      gauge("tomcat_cluster_receiver_wait_seconds")
          .observed(Observed.RECEIVER, Cost.TIMED)
          .means(
              "How long the receiver has now been waiting for a free worker; 0 when it is not. A"
                  + " value that grows without bound is a stuck receiver.")
          .absent("with several channels in one JVM")
          .good("0.")),
  CLOCK_OFFSET(
      gauge("tomcat_cluster_clock_offset_seconds")
          .by("member")
          .observed(Observed.DELIVERY, Cost.PROBED)
          .means("The member's clock minus ours.")
          .absent("while unknown")
          .good("near 0, though lag is corrected for it.")),
  CLOCK_OFFSET_ERROR(
      gauge("tomcat_cluster_clock_offset_error_seconds")
          .by("member")
          .observed(Observed.DELIVERY, Cost.PROBED)
          .means(
              "The bound on the error of the clock offset, 1 ms for the granularity of timestamps"
                  + " included.")
          .absent("while unknown")
          .good("a few milliseconds.")),
  ROUND_TRIP(
      gauge("tomcat_cluster_round_trip_seconds")
          .by("member")
          .observed(Observed.DELIVERY, Cost.PROBED)
          .means(
              "Round trip of the clock probe that the offset rests on, the shortest of the last"
                  + " eight.")
          .absent("while unknown")
          .good("that of the network.")),

  REPLICATION_LAG(
      histogram("tomcat_session_replication_lag_seconds")
          .by("member")
          .observed(Observed.APPLICATION, Cost.TIMED)
          .means(
              "From the sending of a session's change on that member to its application here, the"
                  + " clocks' offset taken out.")
          .good("milliseconds.")),
  LAG_UNKNOWN(
      counter("tomcat_session_lag_unknown")
          .by("member")
          .observed(Observed.APPLICATION, Cost.COUNTED)
          .means(
              "Changes applied whose lag is not known, for want of a clock offset or because a clock was set.")
          .good("a few after a start.")),
  LAST_APPLIED(
      gauge("tomcat_session_last_applied_timestamp_seconds")
          .by("member")
          .observed(Observed.APPLICATION, Cost.COUNTED)
          .means("When a change from that member was last applied here, by this node's clock.")
          .absent("before the first")
          .good("not long ago, while that member has users.")),
  SESSIONS(
      gauge("tomcat_sessions")
          .by("context")
          .by("role", "primary", "backup")
          .means(
              "Sessions that this node holds: primary, which it owns; backup, replicas of others'. A scrape reads each, some 50 ns.")
          .good("on each node as many backups as the others have primaries.")),
  UNREPLICATED(
      gauge("tomcat_session_unreplicated")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Sessions owned here whose newest change is known to be on no other node in the view: lost if this node dies now. The lower bound of what would be lost.")
          .good("0.")),
  UNREPLICATED_OLDEST(
      gauge("tomcat_session_unreplicated_oldest_seconds")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Age of the oldest change that is known to be on no other node; 0 when there is none.")
          .good("0.")),
  UNCONFIRMED(
      gauge("tomcat_session_unconfirmed")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Sessions owned here whose newest change no member in the view has confirmed, by its acknowledgement or its agent's receipt; those on their way and those changed outside of a request included. The upper bound of what would be lost.")
          .absent("where there is neither acknowledgement nor receipt")
          .good("0 at rest; under load what was changed in the last seconds.")),
  UNCONFIRMED_OLDEST(
      gauge("tomcat_session_unconfirmed_oldest_seconds")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Age of the oldest change that no member has confirmed; 0 when there is none. What was changed outside of a request has no age until it is sent.")
          .absent("where there is neither acknowledgement nor receipt")
          .good("a few seconds.")),
  MISSED_CHANGES(
      gauge("tomcat_session_missed_changes")
          .by("context")
          .by("member")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Sessions whose replica on that member has missed a change made here, or may have, and was not transferred from here since; an upper bound, for a later write to the same attribute heals it unseen. Tomcat never repairs them: restart that member when this one is right, and see that it falls, for the sessions may come from another that lacks them, too.")
          .absent("while the member is not in the view")
          .good("0.")),
  SESSION_REQUESTS(
      counter("tomcat_session_requests")
          .by("context")
          .by("outcome", RequestOutcome.values())
          .observed(Observed.REQUESTS, Cost.COUNTED)
          .means(
              "Requests with a session, by what became of its changes. no_members: nobody to send to; failed: not serializable, or sent to no member. Requests that the valve's filter leaves out are not counted.")
          .good("replicated and unchanged.")),
  DELTA_BYTES(
      histogram("tomcat_session_delta_bytes")
          .ofBytes()
          .by("context")
          .observed(Observed.SERIALIZATION, Cost.COUNTED)
          .means("Size of a session's serialized changes.")
          .good("a few kilobytes.")),
  SERIALIZATION_FAILURES(
      counter("tomcat_session_serialization_failures")
          .by("context")
          .by("class")
          .observed(Observed.SERIALIZATION, Cost.COUNTED)
          .means(
              "Changes of a session that could not be serialized, all of them lost with it, by the class of the offending value; other where it is not known, and beyond 50 classes.")
          .only("after the first failure")
          .good("no series.")),
  ATTRIBUTES_DROPPED(
      counter("tomcat_session_attributes_dropped")
          .by("context")
          .by("class")
          .observed(Observed.ATTRIBUTES, Cost.COUNTED)
          .means(
              "Attributes that JasperReports Server's own TolerantObjectWrapper found not serializable and dropped, by class of the attribute; at most 50, then other. Each time that one is sent counts: other nodes hold a placeholder, and who reads it after a failover gets an error.")
          .only("after the first")
          .good("no series, or only classes that users can do without.")),
  FAILOVERS(
      counter("tomcat_session_failovers")
          .by("context")
          .by("outcome", FailoverOutcome.values())
          .by("origin", FailoverOrigin.values())
          .observed(Observed.FAILOVERS, Cost.SESSION)
          .means(
              "Sessions that came with another node's route, once for each move. up: the balancer broke stickiness; missing: the user was logged out. Counted when the origin is known, a minute later at most.")
          .good("recovered, from nodes that were down.")),
  OWNERSHIP_CONFLICTS(
      counter("tomcat_session_ownership_conflicts")
          .by("context")
          .by("member")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Changes made here that one from that member contradicts: the member had missed ours, or they crossed on the way; each once. A rise: both sides of a partition served the same users.")
          .good("0.")),
  STATE_TRANSFERS(
      counter("tomcat_session_state_transfers")
          .by("context")
          .by("outcome", TransferOutcome.values())
          .observed(Observed.TRANSFERS, Cost.COUNTED)
          .means(
              "How this node got the others' sessions when the context started. incomplete: the donor was done, but no message with sessions had come, or one could not be read; a donor without any session that sends in blocks (sendAllSessions=false) sends none, and reads as incomplete too.")
          .good("complete, or first_node when it is.")),
  STATE_TRANSFER_SECONDS(
      histogram("tomcat_session_state_transfer_seconds")
          .by("context")
          .observed(Observed.TRANSFERS, Cost.TIMED)
          .means("How long the context's start waited for the others' sessions.")
          .good("a few seconds.")),
  STATE_TRANSFER_SESSIONS(
      counter("tomcat_session_state_transfer_sessions")
          .by("context")
          .by("side", "sent", "received")
          .observed(Observed.TRANSFERRED, Cost.COUNTED)
          .means("Sessions transferred: sent to nodes that started, received when this one did.")
          .good("what one node received, another has sent.")),

  CACHE_EVENTS(
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
  CACHE_SENT(
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
  CACHE_FAILURES(
      counter("ehcache_replication_failures")
          .ofACache()
          .by("peer")
          .by("reason", ReplicationFailure.values())
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "Changes, each of a batch, that the peer did not get, or may not have got (timeout). stale_stub: it restarted within Ehcache's memory of it, and gets nothing until this node restarts. jms, jgroups: what the session or the channel refused.")
          .only("with a replicated cache")
          .good("0.")),
  CACHE_DROPPED(
      counter("ehcache_replication_dropped")
          .ofACache()
          .by("reason", CacheDrop.values())
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "Changes that were offered to no peer. no_peers: none was found; collected: short of memory, the JVM cleared the reference behind which it waited; error: the peers could not be listed, or one change ended a flush over JMS and with it all that followed.")
          .only("with a replicated cache")
          .good("0.")),
  CACHE_RECEIVED(
      counter("ehcache_replication_received")
          .ofACache()
          .by("peer")
          .by("operation", "put", "remove", "remove_all")
          .observed(Observed.CACHE_RECEIPTS, Cost.IDENTIFIED)
          .means(
              "Changes of that peer's that were applied here, as they travelled. peer: jms or jgroups for whoever sent them over that.")
          .only("with a replicated cache")
          .good("as much as that peer's ehcache_replication_sent_total to here.")),
  CACHE_QUEUE(
      gauge("ehcache_replication_queue_elements")
          .ofACache()
          .observed(Observed.CACHE_QUEUE, Cost.IDENTIFIED)
          .means("Changes that wait for the cache's asynchronous replicator.")
          .only("with an asynchronous replicator")
          .good("near 0, at most what a second brings; the queue has no bound.")),
  CACHE_DELAY(
      histogram("ehcache_replication_delay_seconds")
          .ofACacheManager()
          .by("peer")
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "From a change here to its return from the peer, where it was applied: an upper bound of the lag, by one clock. Of more than 4096 changes that wait at once the oldest have no sample.")
          .only("with a cache that is replicated over RMI")
          .good("milliseconds; an asynchronous replicator adds up to its interval.")),
  CACHE_WAITING(
      gauge("ehcache_replication_waiting_seconds")
          .ofACache()
          .by("peer")
          .observed(Observed.CACHE_SENDS, Cost.IDENTIFIED)
          .means(
              "How long replication has now been waiting for that peer's answer; 0 when it is not. While it grows nothing else of the cache is replicated; a synchronous replicator keeps the application waiting.")
          .only("with a replicated cache")
          .good("0.")),
  CACHE_PEERS(
      gauge("ehcache_replication_peers")
          .ofACache()
          .observed(Observed.CACHE_PEERS, Cost.IDENTIFIED)
          .means(
              "Peers found: by multicast, those whose heartbeat is not stale; configured ones, those that answered when something was last sent; over JGroups, the other members of the group. JMS does not tell.")
          .only("with a replicated cache, and with configured peers after the first change")
          .good("as many as there are other nodes.")),
  CACHE_HEARTBEAT_AGE(
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
  CACHE_ELEMENTS(
      gauge("ehcache_cache_elements")
          .ofACache()
          .means("Elements that the cache holds on this node.")
          .only("with a replicated cache")
          .good("alike on all nodes where puts are copied; with invalidation they differ.")),

  POOL_ACTIVE(
      gauge("tomcat_datasource_active_connections")
          .ofTheAgent()
          .by("context")
          .by("datasource")
          .means(
              "Connections of a JNDI pool that the application holds, or that are being tested for it. context: empty for a global resource.")
          .only("with a JNDI connection pool that is open")
          .good("below tomcat_datasource_max_connections.")),
  POOL_IDLE(
      gauge("tomcat_datasource_idle_connections")
          .ofTheAgent()
          .by("context")
          .by("datasource")
          .means(
              "Connections of the pool that wait to be used. Whether the database is still behind them shows only when one is tested.")
          .only("with a JNDI connection pool that is open")
          .good("above 0, or active below the maximum.")),
  POOL_MAXIMUM(
      gauge("tomcat_datasource_max_connections")
          .ofTheAgent()
          .by("context")
          .by("datasource")
          .means("How many connections the pool may have.")
          .only("with a JNDI connection pool that is open and has a limit")
          .good("as configured; of all nodes together no more than the database takes.")),
  POOL_WAITING(
      gauge("tomcat_datasource_waiting_threads")
          .ofTheAgent()
          .by("context")
          .by("datasource")
          .means("Threads that wait until a connection comes back to the pool.")
          .only(
              "with a JNDI connection pool that is open and tells: not DBCP 1, nor DBCP 2 with an initialSize")
          .good("0.")),

  HOOK_STATUS(
      gauge("tribescope_agent_hook_status")
          .ofTheAgent()
          .by("hook")
          .with("status")
          .means(
              "What became of each hook: 1 for its status. Anything else than applied: what it"
                  + " observes is not published.")
          .absent("until Tomcat loads the hook's class")
          .good("applied.")),
  ADVICE_ERRORS(
      counter("tribescope_agent_advice_errors")
          .ofTheAgent()
          .by("hook", Bridge.Family.values())
          .means(
              "Failures within the agent's own hooks; hook: the family they belong to. Tomcat did"
                  + " not notice, and what failed is not counted.")
          .good("0.")),
  TRACKING_SATURATED(
      gauge("tribescope_agent_tracking_saturated")
          .ofTheAgent()
          .by(
              "what",
              "applications",
              "cache_peers",
              "caches",
              "channels",
              "contexts",
              "data_sources",
              "members",
              "messages_in_flight",
              "recent_changes",
              "sessions",
              "session_members")
          .means(
              "1 when a bounded table has overflowed since the start and a figure has become"
                  + " approximate.")
          .good("0.")),
  BUILD_INFO(
      info("tribescope_agent_build")
          .ofTheAgent()
          .with("version", "java")
          .means("The agent's version, and the Java it runs on.")
          .good("the same on every node.")),
  START_SECONDS(
      gauge("tribescope_agent_start_seconds")
          .ofTheAgent()
          .means(
              "What the agent has taken of Tomcat's start: its own, and the weaving of the hooks,"
                  + " on the threads that loaded the cluster's classes.")
          .good("a second or two, and constant.")),
  SCRAPE_SECONDS(
      gauge("tribescope_agent_scrape_seconds")
          .ofTheAgent()
          .means("How long the previous collection of the agent's own metrics took.")
          .absent("in the first scrape")
          .good("milliseconds."));

  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  @SuppressWarnings("ImmutableEnumChecker") // not changed once it is here
  final Descriptor descriptor;

  Metric(Descriptor descriptor) {
    this.descriptor = descriptor;
  }
}
