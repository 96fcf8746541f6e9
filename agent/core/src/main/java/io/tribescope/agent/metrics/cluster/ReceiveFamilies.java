package io.tribescope.agent.metrics.cluster;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.metrics.MetricFamily;

/** What came from this node's peers, and what became of it. */
public final class ReceiveFamilies {
  static final MetricFamily MESSAGES_RECEIVED =
      CHANNEL
          .counter("tomcat_cluster_messages_received_total")
          .by("member")
          .by("type", MessageType.values())
          .observed(Observed.DELIVERY_BY_TYPE, AgentCost.TRACKED)
          .means(
              "Messages delivered to this node, each once. The member other: from an address that"
                  + " was never in the view.")
          .good("grows as fast as that member sends.");

  static final MetricFamily MESSAGES_DUPLICATE =
      CHANNEL
          .counter("tomcat_cluster_messages_duplicate_total")
          .by("member")
          .observed(Observed.DELIVERY, AgentCost.TRACKED)
          .means("The same message delivered again: Tribes resends once.")
          .good("0, or rare.");

  static final MetricFamily MESSAGES_FROM_STRANGERS =
      CHANNEL
          .counter("tomcat_cluster_messages_from_strangers_total")
          .observed(Observed.APPLICATION, AgentCost.COUNTED)
          .means("Session messages applied although their sender was not in this node's view.")
          .good("0; a rise is evidence of a view in one direction only.");

  static final MetricFamily RECEIVED_BYTES =
      CHANNEL
          .counter("tomcat_cluster_received_bytes_total")
          .by("member")
          .observed(Observed.DELIVERY, AgentCost.COUNTED)
          .means("Bytes of the content of delivered messages, without Tribes' headers.")
          .good("grows as fast as that member sends.");

  static final MetricFamily MESSAGES_DISCARDED =
      CHANNEL
          .counter("tomcat_cluster_messages_discarded_total")
          .by("member")
          .by("reason", Discard.values())
          .observed(Observed.APPLICATION, AgentCost.COUNTED)
          .means("Messages received and not applied.")
          .good("0.");

  static final MetricFamily APPLY_SECONDS =
      CHANNEL
          .histogram("tomcat_cluster_apply_seconds")
          .observed(Observed.APPLICATION, AgentCost.TIMED)
          .means("From delivery of a session message to the end of its application, on this node.")
          .good("milliseconds.");

  static final MetricFamily RECEIVER_WAIT_SECONDS =
      CHANNEL
          .gauge("tomcat_cluster_receiver_wait_seconds")
          .observed(Observed.RECEIVER, AgentCost.TIMED)
          .means(
              "How long the receiver has now been waiting for a free worker; 0 when it is not. A"
                  + " value that grows without bound is a stuck receiver.")
          .absent("with several channels in one JVM")
          .good("0.");

  private ReceiveFamilies() {}
}
