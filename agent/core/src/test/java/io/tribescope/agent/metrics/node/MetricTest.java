package io.tribescope.agent.metrics.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.hooks.HookStatus;
import io.tribescope.agent.metrics.Cost;
import io.tribescope.agent.metrics.Descriptor;
import io.tribescope.agent.metrics.Metric;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.metrics.Snapshots;
import io.tribescope.agent.metrics.caches.CacheMetric;
import io.tribescope.agent.metrics.cluster.ClusterMetric;
import io.tribescope.agent.metrics.sessions.SessionMetric;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetricTest {
  private final Snapshots snapshots = new Snapshots(new HookStatus());

  /** In the order of the document. */
  static Stream<Metric> all() {
    return Stream.<Metric[]>of(
            ClusterMetric.values(),
            SessionMetric.values(),
            CacheMetric.values(),
            DataSourceMetric.values(),
            AgentMetric.values())
        .flatMap(Stream::of);
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysWhatItMeansAndWhatIsGood(Metric metric) {
    Descriptor descriptor = metric.descriptor();
    assertThat(descriptor.meaning).matches("[A-Z0-9].*\\.");
    assertThat(descriptor.good).matches("[a-z0-9].*\\.");
    assertThat(descriptor.absence).matches("|(Absent|Only) .*[^.]\\.");
    assertThat(descriptor.help()).doesNotContain("..").doesNotContain("|");
  }

  /** A figure that hooks observe is left out with them, and costs what they do. */
  @ParameterizedTest
  @MethodSource("all")
  void costsNothingOnlyWhereNoHookIsNeeded(Metric metric) {
    assertThat(metric.descriptor().cost == Cost.READ)
        .isEqualTo(metric.descriptor().observed == Observed.AT_SCRAPE);
  }

  @Test
  void namesAreUnique() {
    assertThat(all().map(metric -> metric.descriptor().baseName)).doesNotHaveDuplicates();
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
