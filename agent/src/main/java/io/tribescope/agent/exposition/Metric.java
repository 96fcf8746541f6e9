package io.tribescope.agent.exposition;

/** Every metric of the agent's own, with what it means and what is good. */
enum Metric {
  NODE_INFO(
      Kind.INFO,
      "tomcat_cluster_node",
      "This node: its unique id in hex (a new one with each start, under multicast), its jvmRoute,"
          + " its Tomcat. Good: one series for each node, each with a jvmRoute of its own."),
  CHANNEL_INFO(
      Kind.INFO,
      "tomcat_cluster_channel",
      "How replication is set up. Good: the same on every node."),
  MEMBERS(
      Kind.GAUGE,
      "tomcat_cluster_members",
      "Members in this node's view, itself included, each address once. Good: as many as there are"
          + " nodes, on every node."),
  EXPECTED_MEMBERS(
      Kind.GAUGE,
      "tomcat_cluster_expected_members",
      "The option expected_members; absent without it."),
  GHOST_MEMBERS(
      Kind.GAUGE,
      "tomcat_cluster_ghost_members",
      "Entries in the view whose address has a newer unique id: what a fast restart left behind."
          + " Every message goes to that address twice. Good: 0."),
  MEMBER_UP(
      Kind.GAUGE,
      "tomcat_cluster_member_up",
      "1 when the member is in this node's view; itself always. 0 for 24 h after it left. Good: 1"
          + " for every pair of nodes."),
  VIEW_HASH(
      Kind.GAUGE,
      "tomcat_cluster_view_hash",
      "Hash of the set of addresses in this node's view, itself included; equal views have equal"
          + " hashes. Good: the same on every node. Absent when this node announces an address that"
          + " others cannot reach."),
  MEMBERSHIP_EVENTS(
      Kind.COUNTER,
      Observed.MEMBERSHIP,
      "tomcat_cluster_membership_events",
      "What happened to members in this node's view. Good: joined and left, as often as nodes were"
          + " started and stopped; rejoined means that a member was never down."),
  MESSAGES_SENT(
      Kind.COUNTER,
      Observed.COMPLETION_BY_TYPE,
      "tomcat_cluster_messages_sent",
      "Messages completed for that member. written: handed to the kernel, nothing more is known;"
          + " acknowledged: the member said so. other includes the agent's own clock probes."),
  SEND_FAILURES(
      Kind.COUNTER,
      Observed.COMPLETION,
      "tomcat_cluster_send_failures",
      "Messages not completed for that member. Good: 0. no_ack: it may have arrived; not_tried:"
          + " another destination failed first."),
  SENT_BYTES(
      Kind.COUNTER,
      Observed.COMPLETION,
      "tomcat_cluster_sent_bytes",
      "Bytes of the content of completed messages, without Tribes' headers."),
  MESSAGES_MISSING(
      Kind.COUNTER,
      Observed.RECEIPTS,
      "tomcat_cluster_messages_missing",
      "Messages completed for that member that by its agent's receipts never arrived. Good: 0."
          + " Absent while it has given no receipt: its agent is missing, or the option probe is"
          + " false."),
  SEND_SECONDS(
      Kind.HISTOGRAM,
      Observed.SENDING,
      "tomcat_cluster_send_seconds",
      "One send call to the network, for all of its destinations. Good: milliseconds; with"
          + " acknowledgements, users wait for it."),
  QUEUE_WAIT_SECONDS(
      Kind.HISTOGRAM,
      Observed.QUEUE_WAIT,
      "tomcat_cluster_queue_wait_seconds",
      "From the application's send to the start of the network send, of asynchronous messages."
          + " Good: milliseconds; what is changed there is still on this node alone."),
  QUEUE_MESSAGES(
      Kind.GAUGE,
      Observed.QUEUE,
      "tomcat_cluster_queue_messages",
      "Asynchronous messages that wait for a thread which sends them. Good: near 0."),
  QUEUE_BYTES(
      Kind.GAUGE,
      "tomcat_cluster_queue_bytes",
      "Bytes of the asynchronous messages that wait or are being sent. Good: far below"
          + " tomcat_cluster_queue_capacity_bytes."),
  QUEUE_CAPACITY_BYTES(
      Kind.GAUGE,
      "tomcat_cluster_queue_capacity_bytes",
      "What the queue may hold. Beyond it the sending request waits for the network, or, with"
          + " alwaysSend=false, the message is thrown away."),
  QUEUE_DISCARDED(
      Kind.COUNTER,
      Observed.QUEUE_DISCARDS,
      "tomcat_cluster_queue_discarded",
      "Messages thrown away from the queue: full, or shutdown, when it was stopped with messages in"
          + " it. Good: 0; no node gets them."),
  MESSAGES_RECEIVED(
      Kind.COUNTER,
      Observed.DELIVERY_BY_TYPE,
      "tomcat_cluster_messages_received",
      "Messages delivered to this node, each once. other: from an address that was never in the"
          + " view."),
  MESSAGES_DUPLICATE(
      Kind.COUNTER,
      Observed.DELIVERY,
      "tomcat_cluster_messages_duplicate",
      "The same message delivered again: Tribes resends once. Good: 0, or rare."),
  MESSAGES_FROM_STRANGERS(
      Kind.COUNTER,
      Observed.APPLICATION,
      "tomcat_cluster_messages_from_strangers",
      "Session messages applied although their sender was not in this node's view. Good: 0; a rise"
          + " is evidence of a view in one direction only."),
  RECEIVED_BYTES(
      Kind.COUNTER,
      Observed.DELIVERY,
      "tomcat_cluster_received_bytes",
      "Bytes of the content of delivered messages, without Tribes' headers."),
  MESSAGES_DISCARDED(
      Kind.COUNTER,
      Observed.APPLICATION,
      "tomcat_cluster_messages_discarded",
      "Messages received and not applied. Good: 0."),
  APPLY_SECONDS(
      Kind.HISTOGRAM,
      Observed.APPLICATION,
      "tomcat_cluster_apply_seconds",
      "From delivery of a session message to the end of its application, on this node. Good:"
          + " milliseconds."),
  RECEIVER_WAIT_SECONDS(
      Kind.GAUGE,
      Observed.RECEIVER,
      "tomcat_cluster_receiver_wait_seconds",
      "How long the receiver has now been waiting for a free worker; 0 when it is not. Good: 0. A"
          + " value that grows without bound is a stuck receiver."),
  CLOCK_OFFSET(
      Kind.GAUGE,
      Observed.DELIVERY,
      "tomcat_cluster_clock_offset_seconds",
      "The member's clock minus ours; absent while unknown. Good: near 0, though lag is corrected"
          + " for it."),
  CLOCK_OFFSET_ERROR(
      Kind.GAUGE,
      Observed.DELIVERY,
      "tomcat_cluster_clock_offset_error_seconds",
      "The bound on the error of the clock offset, 1 ms for the granularity of timestamps included."
          + " Good: a few milliseconds."),
  ROUND_TRIP(
      Kind.GAUGE,
      Observed.DELIVERY,
      "tomcat_cluster_round_trip_seconds",
      "Round trip of the clock probe that the offset rests on, the shortest of the last eight."),
  REPLICATION_LAG(
      Kind.HISTOGRAM,
      Observed.APPLICATION,
      "tomcat_session_replication_lag_seconds",
      "From the sending of a session's change on that member to its application here, the clocks'"
          + " offset taken out. Good: milliseconds."),
  LAG_UNKNOWN(
      Kind.COUNTER,
      Observed.APPLICATION,
      "tomcat_session_lag_unknown",
      "Changes applied whose lag is not known, for want of a clock offset. Good: a few after a"
          + " start."),
  LAST_APPLIED(
      Kind.GAUGE,
      Observed.APPLICATION,
      "tomcat_session_last_applied_timestamp_seconds",
      "When a change from that member was last applied here, by this node's clock."),
  SESSIONS(
      Kind.GAUGE,
      "tomcat_sessions",
      "Sessions that this node holds: primary, which it owns; backup, replicas of others'. Good: on"
          + " each node as many backups as the others have primaries."),
  UNREPLICATED(
      Kind.GAUGE,
      Observed.TRACKING,
      "tomcat_session_unreplicated",
      "Sessions owned here whose newest change is known to be on no other node in the view: lost if"
          + " this node dies now. The lower bound of what would be lost. Good: 0."),
  UNREPLICATED_OLDEST(
      Kind.GAUGE,
      Observed.TRACKING,
      "tomcat_session_unreplicated_oldest_seconds",
      "Age of the oldest change that is known to be on no other node; 0 when there is none. Good:"
          + " 0."),
  UNCONFIRMED(
      Kind.GAUGE,
      Observed.TRACKING,
      "tomcat_session_unconfirmed",
      "Sessions owned here whose newest change no member in the view has confirmed, by its"
          + " acknowledgement or its agent's receipt; those on their way and those changed outside"
          + " of a request included. The upper bound of what would be lost. Good: 0 at rest; under"
          + " load, what was changed in the last seconds. Absent where there is neither"
          + " acknowledgement nor receipt."),
  UNCONFIRMED_OLDEST(
      Kind.GAUGE,
      Observed.TRACKING,
      "tomcat_session_unconfirmed_oldest_seconds",
      "Age of the oldest change that no member has confirmed; 0 when there is none. Good: a few"
          + " seconds. What was changed outside of a request has no age."),
  MISSED_CHANGES(
      Kind.GAUGE,
      Observed.TRACKING,
      "tomcat_session_missed_changes",
      "Sessions whose replica on that member has missed a change made here, and was not transferred"
          + " since; an upper bound, for a later write to the same attribute heals it unseen. Good:"
          + " 0. Tomcat never repairs them: restart that member when this one is right."),
  SESSION_REQUESTS(
      Kind.COUNTER,
      Observed.REQUESTS,
      "tomcat_session_requests",
      "Requests with a session, by what became of its changes. Good: replicated and unchanged."
          + " no_members: nobody to send to; failed: not serializable, or sent to no member."),
  DELTA_BYTES(
      Kind.HISTOGRAM,
      Observed.SERIALIZATION,
      "tomcat_session_delta_bytes",
      "Size of a session's serialized changes. Good: a few kilobytes."),
  SERIALIZATION_FAILURES(
      Kind.COUNTER,
      Observed.SERIALIZATION,
      "tomcat_session_serialization_failures",
      "Changes of a session that could not be serialized, all of them lost with it, by the class of"
          + " the offending value; other where it is not known, and beyond 50 classes. Good: no"
          + " series."),
  FAILOVERS(
      Kind.COUNTER,
      Observed.FAILOVERS,
      "tomcat_session_failovers",
      "Sessions that came with another node's route, once for each move. Good: recovered only, from"
          + " nodes that were down. up: the balancer broke stickiness; missing: the user was logged"
          + " out. Counted when the origin is known, a minute later at most."),
  OWNERSHIP_CONFLICTS(
      Kind.COUNTER,
      Observed.TRACKING,
      "tomcat_session_ownership_conflicts",
      "Changes from that member to a session that held a change made here which the member had"
          + " missed, or which crossed it on the way. Good: 0; a rise: both sides of a partition"
          + " served the same users."),
  STATE_TRANSFERS(
      Kind.COUNTER,
      Observed.TRANSFERS,
      "tomcat_session_state_transfers",
      "How this node got the others' sessions when the context started. Good: complete, or"
          + " first_node when it is."),
  STATE_TRANSFER_SECONDS(
      Kind.HISTOGRAM,
      Observed.TRANSFERS,
      "tomcat_session_state_transfer_seconds",
      "How long the context's start waited for the others' sessions. Good: a few seconds."),
  STATE_TRANSFER_SESSIONS(
      Kind.COUNTER,
      Observed.TRANSFERRED,
      "tomcat_session_state_transfer_sessions",
      "Sessions transferred: sent to nodes that started, received when this one did. Good: what one"
          + " node received, another has sent."),
  CONFIG_PROBLEM(
      Kind.GAUGE,
      "tomcat_cluster_config_problem",
      "1 for each problem found in the configuration. Good: no series."),
  HOOK_STATUS(
      Kind.GAUGE,
      "tribescope_agent_hook_status",
      "What became of each hook: 1 for its status. Good: applied; a hook is absent until Tomcat"
          + " loads its class. Anything else: what it observes is not published."),
  ADVICE_ERRORS(
      Kind.COUNTER,
      "tribescope_agent_advice_errors",
      "Failures within the agent's own hooks; hook: the family they belong to. Good: 0. Tomcat did"
          + " not notice, and what failed is not counted."),
  TRACKING_SATURATED(
      Kind.GAUGE,
      "tribescope_agent_tracking_saturated",
      "1 when a bounded table has overflowed since the start and a figure has become approximate."
          + " Good: 0."),
  BUILD_INFO(Kind.INFO, "tribescope_agent_build", "The agent's version, and the Java it runs on."),
  START_SECONDS(
      Kind.GAUGE,
      "tribescope_agent_start_seconds",
      "What the agent has taken of Tomcat's start: its own, and the weaving of the hooks, on the"
          + " threads that loaded the cluster's classes."),
  SCRAPE_SECONDS(
      Kind.GAUGE,
      "tribescope_agent_scrape_seconds",
      "How long the previous collection of the agent's own metrics took. Good: milliseconds.");

  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }

  final Kind kind;

  /** Without the suffixes {@code _total} and {@code _info}, which the exposition adds. */
  final String baseName;

  final String help;

  final Observed observed;

  Metric(Kind kind, String baseName, String help) {
    this(kind, Observed.AT_SCRAPE, baseName, help);
  }

  Metric(Kind kind, Observed observed, String baseName, String help) {
    this.kind = kind;
    this.observed = observed;
    this.baseName = baseName;
    this.help = help;
  }
}
