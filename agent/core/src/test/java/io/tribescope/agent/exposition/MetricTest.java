package io.tribescope.agent.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.hooks.HookStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {
  private static final String ALL = "io.tribescope.agent.exposition.Metric#all";

  private final Snapshots snapshots = new Snapshots(new HookStatus());

  @ParameterizedTest
  @MethodSource(ALL)
  void saysWhatItMeansAndWhatIsGood(Metric metric) {
    Descriptor descriptor = metric.descriptor();
    assertThat(descriptor.meaning).matches("[A-Z0-9].*\\.");
    assertThat(descriptor.good).matches("[a-z0-9].*\\.");
    assertThat(descriptor.absence).matches("|(Absent|Only) .*[^.]\\.");
    assertThat(descriptor.help()).doesNotContain("..").doesNotContain("|");
  }

  /** A figure that hooks observe is left out with them, and costs what they do. */
  @ParameterizedTest
  @MethodSource(ALL)
  void costsNothingOnlyWhereNoHookIsNeeded(Metric metric) {
    assertThat(metric.descriptor().cost == Cost.READ)
        .isEqualTo(metric.descriptor().observed == Observed.AT_SCRAPE);
  }

  @Test
  void namesAreUnique() {
    assertThat(Metric.all().stream().map(metric -> metric.descriptor().baseName))
        .doesNotHaveDuplicates();
  }

  @Test
  void helpIsOneText() {
    assertThat(ClusterMetric.CLOCK_OFFSET.descriptor().help())
        .isEqualTo(
            "The member's clock minus ours. Absent while unknown. Good: near 0, though lag is"
                + " corrected for it.");
  }

  @Test
  void sampleWithOtherLabelsThanDeclaredFails() {
    Labels own = Labels.of("cluster", "c", "observer", "o");
    Labels event = own.add("event", "joined");
    snapshots.add(ClusterMetric.MEMBERSHIP_EVENTS, event, 1);
    snapshots.add(ClusterMetric.NODE_INFO, own.add("member_id", "0a"), 1);

    assertRefused(ClusterMetric.MEMBERSHIP_EVENTS, own);
    assertRefused(ClusterMetric.MEMBERSHIP_EVENTS, event.add("more", "x"));
    assertRefused(ClusterMetric.MEMBERSHIP_EVENTS, own.add("event", "vanished"));
    assertRefused(ClusterMetric.NODE_INFO, Labels.of("cluster", "c", "member_id", "0a"));
    assertRefused(AgentMetric.SCRAPE_SECONDS, own);
  }

  private void assertRefused(Metric metric, Labels labels) {
    assertThatThrownBy(() -> snapshots.add(metric, labels, 1)).isInstanceOf(AssertionError.class);
  }
}
