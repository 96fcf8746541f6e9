package io.tribescope.agent.metrics.sessions;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.sessions.FailoverOrigin;
import io.tribescope.agent.recording.sessions.FailoverOutcome;
import io.tribescope.metrics.MetricFamily;

/** Sessions that changed their owner, or have two. */
public final class FailoverFamilies {
  static final MetricFamily FAILOVERS =
      CHANNEL
          .counter("tomcat_session_failovers_total")
          .by("context")
          .by("outcome", FailoverOutcome.values())
          .by("origin", FailoverOrigin.values())
          .observed(Observed.FAILOVERS, AgentCost.SESSION)
          .means(
              "Sessions that came with another node's route, once for each move. up: the balancer broke stickiness; missing: the user was logged out. Counted when the origin is known, a minute later at most.")
          .good("recovered, from nodes that were down.");

  static final MetricFamily OWNERSHIP_CONFLICTS =
      CHANNEL
          .counter("tomcat_session_ownership_conflicts_total")
          .by("context")
          .by("member")
          .observed(Observed.TRACKING, AgentCost.SESSION)
          .means(
              "Changes made here that one from that member contradicts: the member had missed ours, or they crossed on the way; each once. A rise: both sides of a partition served the same users.")
          .good("0.");

  private FailoverFamilies() {}
}
