package io.tribescope.agent.metrics.sessions;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.sessions.TransferOutcome;
import io.tribescope.metrics.MetricFamily;

/** How a starting node got the others' sessions. */
public final class TransferFamilies {
  static final MetricFamily STATE_TRANSFERS =
      CHANNEL
          .counter("tomcat_session_state_transfers_total")
          .by("context")
          .by("outcome", TransferOutcome.values())
          .observed(Observed.TRANSFERS, AgentCost.COUNTED)
          .means(
              "How this node got the others' sessions when the context started. incomplete: the donor was done, but no message with sessions had come, or one could not be read; a donor without any session that sends in blocks (sendAllSessions=false) sends none, and reads as incomplete too.")
          .good("complete, or first_node when it is.");

  static final MetricFamily STATE_TRANSFER_SECONDS =
      CHANNEL
          .histogram("tomcat_session_state_transfer_seconds")
          .by("context")
          .observed(Observed.TRANSFERS, AgentCost.TIMED)
          .means("How long the context's start waited for the others' sessions.")
          .good("a few seconds.");

  static final MetricFamily STATE_TRANSFER_SESSIONS =
      CHANNEL
          .counter("tomcat_session_state_transfer_sessions_total")
          .by("context")
          .by("side", "sent", "received")
          .observed(Observed.TRANSFERRED, AgentCost.COUNTED)
          .means("Sessions transferred: sent to nodes that started, received when this one did.")
          .good("what one node received, another has sent.");

  private TransferFamilies() {}
}
