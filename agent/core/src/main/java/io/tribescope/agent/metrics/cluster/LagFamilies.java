package io.tribescope.agent.metrics.cluster;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.metrics.MetricFamily;

/** How late the peers' changes are applied, and the clocks' offsets that are taken out. */
public final class LagFamilies {
  static final MetricFamily CLOCK_OFFSET =
      CHANNEL
          .gauge("tomcat_cluster_clock_offset_seconds")
          .by("member")
          .observed(Observed.DELIVERY, AgentCost.PROBED)
          .means("The member's clock minus ours.")
          .absent("while unknown")
          .good("near 0, though lag is corrected for it.");

  static final MetricFamily CLOCK_OFFSET_ERROR =
      CHANNEL
          .gauge("tomcat_cluster_clock_offset_error_seconds")
          .by("member")
          .observed(Observed.DELIVERY, AgentCost.PROBED)
          .means(
              "The bound on the error of the clock offset, 1 ms for the granularity of timestamps"
                  + " included.")
          .absent("while unknown")
          .good("a few milliseconds.");

  static final MetricFamily ROUND_TRIP =
      CHANNEL
          .gauge("tomcat_cluster_round_trip_seconds")
          .by("member")
          .observed(Observed.DELIVERY, AgentCost.PROBED)
          .means(
              "Round trip of the clock probe that the offset rests on, the shortest of the last"
                  + " eight.")
          .absent("while unknown")
          .good("that of the network.");

  static final MetricFamily REPLICATION_LAG =
      CHANNEL
          .histogram("tomcat_session_replication_lag_seconds")
          .by("member")
          .observed(Observed.APPLICATION, AgentCost.TIMED)
          .means(
              "From the sending of a session's change on that member to its application here, the"
                  + " clocks' offset taken out.")
          .good("milliseconds.");

  static final MetricFamily LAG_UNKNOWN =
      CHANNEL
          .counter("tomcat_session_lag_unknown_total")
          .by("member")
          .observed(Observed.APPLICATION, AgentCost.COUNTED)
          .means(
              "Changes applied whose lag is not known, for want of a clock offset or because a clock was set.")
          .good("a few after a start.");

  static final MetricFamily LAST_APPLIED =
      CHANNEL
          .gauge("tomcat_session_last_applied_timestamp_seconds")
          .by("member")
          .observed(Observed.APPLICATION, AgentCost.COUNTED)
          .means("When a change from that member was last applied here, by this node's clock.")
          .absent("before the first")
          .good("not long ago, while that member has users.");

  private LagFamilies() {}
}
