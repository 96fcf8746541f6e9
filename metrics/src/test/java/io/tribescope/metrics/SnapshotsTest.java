package io.tribescope.metrics;

import static io.tribescope.metrics.TestCost.ADDED;
import static io.tribescope.metrics.TestCost.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotsTest {
  private static final MetricFamily COUNTER =
      MetricFamily.counter("x_events_total", READ, "kind")
          .observed(List.of("begin", "end"), ADDED)
          .means("Events.")
          .good("0.");
  private static final MetricFamily GAUGE =
      MetricFamily.gauge("x_size", READ).means("The size.").good("1.");
  private static final MetricFamily INFO =
      MetricFamily.info("x_build_info", READ).with("version").means("The build.").good("new.");
  private static final MetricFamily HISTOGRAM =
      MetricFamily.histogram("x_seconds", 2, READ).means("How long.").good("short.");

  private static MetricSnapshot only(MetricSnapshots snapshots) {
    assertThat(snapshots.size()).isEqualTo(1);
    return snapshots.get(0);
  }

  @Test
  void aCounterIsNamedWithoutItsSuffixAsTheLibraryWants() {
    Snapshots out = new Snapshots();
    out.add(COUNTER, Labels.of("kind", "a"), 3);
    out.add(COUNTER, Labels.of("kind", "b"), 4);
    CounterSnapshot counter = (CounterSnapshot) only(out.build());
    assertThat(counter.getMetadata().getName()).isEqualTo("x_events");
    assertThat(counter.getMetadata().getHelp()).isEqualTo("Events. Good: 0.");
    assertThat(counter.getDataPoints())
        .extracting(point -> point.getLabels().get("kind"), point -> point.getValue())
        .containsExactly(tuple("a", 3.0), tuple("b", 4.0));
  }

  @Test
  void aGaugeHasItsValue() {
    Snapshots out = new Snapshots();
    out.add(GAUGE, Labels.EMPTY, 0.5);
    assertThat(((GaugeSnapshot) only(out.build())).getDataPoints().get(0).getValue())
        .isEqualTo(0.5);
  }

  @Test
  void anInfoHasItsLabels() {
    Snapshots out = new Snapshots();
    out.add(INFO, Labels.of("version", "1"), 1);
    InfoSnapshot info = (InfoSnapshot) only(out.build());
    assertThat(info.getMetadata().getName()).isEqualTo("x_build");
    assertThat(info.getDataPoints().get(0).getLabels().get("version")).isEqualTo("1");
  }

  @Test
  void aHistogramHasItsBuckets() {
    Snapshots out = new Snapshots();
    double[] bounds = {0.1, Double.POSITIVE_INFINITY};
    out.add(HISTOGRAM, Labels.EMPTY, bounds, new long[] {5, 2}, 0.75);
    HistogramSnapshot.HistogramDataPointSnapshot point =
        ((HistogramSnapshot) only(out.build())).getDataPoints().get(0);
    assertThat(point.getCount()).isEqualTo(7);
    assertThat(point.getSum()).isEqualTo(0.75);
    assertThat(point.getClassicBuckets().getUpperBound(0)).isEqualTo(0.1);
    assertThat(point.getClassicBuckets().getCount(0)).isEqualTo(5);
  }

  @Test
  void whatABrokenHookWouldObserveIsLeftOut() {
    Snapshots out = new Snapshots("end"::equals);
    out.add(COUNTER, Labels.of("kind", "a"), 3);
    out.add(GAUGE, Labels.EMPTY, 1);
    assertThat(only(out.build()).getMetadata().getName()).isEqualTo("x_size");
  }

  /** Which of the two is right nobody knows. */
  @Test
  void aFamilyThatContradictsItselfIsLeftOutAlone() {
    Snapshots out = new Snapshots();
    out.add(COUNTER, Labels.of("kind", "a"), 3);
    out.add(COUNTER, Labels.of("kind", "a"), 4);
    out.add(GAUGE, Labels.EMPTY, 1);
    assertThat(only(out.build()).getMetadata().getName()).isEqualTo("x_size");
  }

  @Test
  void sampleWithOtherLabelsThanDeclaredFails() {
    Snapshots out = new Snapshots();
    assertThatThrownBy(() -> out.add(COUNTER, Labels.EMPTY, 1))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("x_events_total");
    assertThatThrownBy(() -> out.add(GAUGE, Labels.of("kind", "a"), 1))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> out.add(HISTOGRAM, Labels.EMPTY, new double[] {1}, new long[] {1}, 1))
        .isInstanceOf(AssertionError.class);
  }
}
