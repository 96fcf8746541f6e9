package io.tribescope.agent.metrics.cluster;

import static io.tribescope.agent.metrics.Descriptor.counter;
import static io.tribescope.agent.metrics.Descriptor.gauge;
import static io.tribescope.agent.metrics.Descriptor.histogram;
import static io.tribescope.agent.metrics.Descriptor.info;

import io.tribescope.agent.metrics.ConfigCheck;
import io.tribescope.agent.metrics.Cost;
import io.tribescope.agent.metrics.Descriptor;
import io.tribescope.agent.metrics.Metric;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.Discard;
import io.tribescope.agent.recording.MembershipEvent;
import io.tribescope.agent.recording.MessageType;
import io.tribescope.agent.recording.SendFailure;

/** What is measured of a channel: the node, its view, its messages, the clocks of its members. */
public enum ClusterMetric implements Metric {
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
          .good("that of the network."));

  @SuppressWarnings("ImmutableEnumChecker") // not changed once it is here
  private final Descriptor descriptor;

  ClusterMetric(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }
}
