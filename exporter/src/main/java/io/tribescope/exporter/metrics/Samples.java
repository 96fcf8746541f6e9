package io.tribescope.exporter.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one scrape. What is unknown is left out, and so is a second sample of the same
 * labels, which an answer that names something twice would bring.
 */
public final class Samples {
  private final Map<Family, Map<Labels, Double>> families = new LinkedHashMap<>();

  /**
   * @param value {@code null} adds nothing
   * @param labelValues in the order of the family's label names; {@code null} is empty, which for
   *     Prometheus is the same as no label
   */
  public void add(Family family, @Nullable Number value, @Nullable String... labelValues) {
    if (value == null) {
      return;
    }
    String[] values = new String[labelValues.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Objects.requireNonNullElse(labelValues[i], "");
    }
    Labels labels = Labels.of(family.labelNames().toArray(String[]::new), values);
    families
        .computeIfAbsent(family, unused -> new LinkedHashMap<>())
        .putIfAbsent(labels, value.doubleValue());
  }

  public MetricSnapshots snapshots() {
    MetricSnapshots.Builder snapshots = MetricSnapshots.builder();
    families.forEach((family, samples) -> snapshots.metricSnapshot(snapshot(family, samples)));
    return snapshots.build();
  }

  private static MetricSnapshot snapshot(Family family, Map<Labels, Double> samples) {
    return switch (family.type()) {
      case GAUGE -> {
        GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(family.name());
        samples.forEach(
            (labels, value) -> gauge.dataPoint(new GaugeDataPointSnapshot(value, labels, null)));
        yield gauge.help(family.help()).build();
      }
      case COUNTER -> {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(base(family, "_total"));
        samples.forEach(
            (labels, value) ->
                counter.dataPoint(new CounterDataPointSnapshot(value, labels, null, 0)));
        yield counter.help(family.help()).build();
      }
      case INFO -> {
        List<InfoDataPointSnapshot> points =
            samples.keySet().stream().map(InfoDataPointSnapshot::new).toList();
        InfoSnapshot.Builder info = InfoSnapshot.builder().name(base(family, "_info"));
        points.forEach(info::dataPoint);
        yield info.help(family.help()).build();
      }
    };
  }

  /** The library adds the suffix itself. */
  private static String base(Family family, String suffix) {
    return family.name().substring(0, family.name().length() - suffix.length());
  }
}
