package io.tribescope.agent.metrics.cluster;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.members.MembershipEvent;
import io.tribescope.metrics.MetricFamily;

/** Who this node is, whom it sees, and how the channel is set up. */
public final class MembershipFamilies {
  static final MetricFamily NODE_INFO =
      CHANNEL
          .info("tomcat_cluster_node_info")
          .with("member_id", "jvm_route", "tomcat_version")
          .means(
              "This node: its unique id in hex (a new one with each start, under multicast), its"
                  + " jvmRoute, its Tomcat.")
          .good("one series for each node, each with a jvmRoute of its own.");

  static final MetricFamily CHANNEL_INFO =
      CHANNEL
          .info("tomcat_cluster_channel_info")
          .with("send_options", "membership", "manager")
          .means("How replication is set up.")
          .good("the same on every node.");

  static final MetricFamily MEMBERS =
      CHANNEL
          .gauge("tomcat_cluster_members")
          .means("Members in this node's view, itself included, each address once.")
          .good("as many as there are nodes, on every node.");

  static final MetricFamily EXPECTED_MEMBERS =
      CHANNEL
          .gauge("tomcat_cluster_expected_members")
          .means("How many nodes there should be.")
          .only("with the option expected_members")
          .good("as many as tomcat_cluster_members.");

  static final MetricFamily GHOST_MEMBERS =
      CHANNEL
          .gauge("tomcat_cluster_ghost_members")
          .means(
              "Entries in the view whose address has a newer unique id: what a fast restart left"
                  + " behind. Every message goes to that address twice.")
          .good("0.");

  static final MetricFamily MEMBER_UP =
      CHANNEL
          .gauge("tomcat_cluster_member_up")
          .by("member")
          .means(
              "1 when the member is in this node's view; itself always. 0 for 24 h after it left.")
          .absent("with more members than the option member_series_limit")
          .good("1 for every pair of nodes.");

  static final MetricFamily VIEW_HASH =
      CHANNEL
          .gauge("tomcat_cluster_view_hash")
          .means(
              "Hash of the set of addresses in this node's view, itself included; equal views have"
                  + " equal hashes.")
          .absent("when this node announces an address that others cannot reach")
          .good("the same on every node.");

  static final MetricFamily MEMBERSHIP_EVENTS =
      CHANNEL
          .counter("tomcat_cluster_membership_events_total")
          .by("event", MembershipEvent.values())
          .observed(Observed.MEMBERSHIP, AgentCost.COUNTED)
          .means("What happened to members in this node's view.")
          .good(
              "joined and left, as often as nodes were started and stopped; rejoined means that a"
                  + " member was never down.");

  private MembershipFamilies() {}
}
