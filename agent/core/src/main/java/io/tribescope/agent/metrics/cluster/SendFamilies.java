package io.tribescope.agent.metrics.cluster;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.SendFailure;
import io.tribescope.metrics.MetricFamily;

/** What this node sent to its peers, and what did not arrive. */
public final class SendFamilies {
  static final MetricFamily MESSAGES_SENT =
      CHANNEL
          .counter("tomcat_cluster_messages_sent_total")
          .by("member")
          .by("type", MessageType.values())
          .by("confirmation", "written", "acknowledged")
          .observed(Observed.COMPLETION_BY_TYPE, AgentCost.TRACKED)
          .means(
              "Messages completed for that member. written: handed to the kernel, nothing more is"
                  + " known; acknowledged: the member said so. other includes the agent's own clock"
                  + " probes.")
          .absent("for a confirmation that there has not been yet")
          .good("grows for every member alike.");

  static final MetricFamily SEND_FAILURES =
      CHANNEL
          .counter("tomcat_cluster_send_failures_total")
          .by("member")
          .by("reason", SendFailure.values())
          .observed(Observed.COMPLETION, AgentCost.COUNTED)
          .means(
              "Messages not completed for that member. no_ack: it may have arrived; not_tried:"
                  + " another destination failed first.")
          .good("0.");

  static final MetricFamily SENT_BYTES =
      CHANNEL
          .counter("tomcat_cluster_sent_bytes_total")
          .by("member")
          .observed(Observed.COMPLETION, AgentCost.COUNTED)
          .means("Bytes of the content of completed messages, without Tribes' headers.")
          .good("grows for every member alike.");

  static final MetricFamily MESSAGES_MISSING =
      CHANNEL
          .counter("tomcat_cluster_messages_missing_total")
          .by("member")
          .observed(Observed.RECEIPTS, AgentCost.PROBED)
          .means(
              "Messages completed for that member that by its agent's receipts never arrived. Known half a minute later.")
          .absent("while its agent has given no receipt")
          .good("0.");

  static final MetricFamily SEND_SECONDS =
      CHANNEL
          .histogram("tomcat_cluster_send_seconds")
          .observed(Observed.SENDING, AgentCost.TIMED)
          .means("One send call to the network, for all of its destinations.")
          .good("milliseconds; with acknowledgements, users wait for it.");

  private SendFamilies() {}
}
