package io.tribescope.agent.metrics.node;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.MetricsDocument;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The families that Micrometer publishes of this JVM, after a garbage collection. */
final class JvmTable {
  /** Labels whose values are the same on every JVM. */
  private static final Set<String> KNOWN_BEFOREHAND = Set.of("area", "state");

  /** Labels that follow from another: a memory pool's area from its id. */
  private static final Set<String> DESCRIPTIVE = Set.of("area");

  private JvmTable() {}

  static String text() {
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.bindTo(registry);
    System.gc();
    MetricSnapshots basics =
        await()
            .until(
                registry::scrape,
                scrape ->
                    scrape.stream()
                        .anyMatch(
                            family ->
                                family.getMetadata().getName().equals("jvm_gc_pause_seconds")));
    Set<JvmMeter> missing = EnumSet.allOf(JvmMeter.class);
    basics.forEach(family -> missing.remove(meter(family)));
    // Only of some collectors, and only once they worked so.
    missing.remove(JvmMeter.GC_CONCURRENT);
    assertThat(missing).as("described, and of no meter").isEmpty();
    return MetricsDocument.HEAD
        + basics.stream()
            .filter(family -> meter(family) != JvmMeter.GC_CONCURRENT)
            .map(JvmTable::row)
            .collect(joining());
  }

  private static String row(MetricSnapshot family) {
    JvmMeter meter = meter(family);
    String help = family.getMetadata().getHelp();
    String good = " Good: " + meter.good;
    assertThat(help).endsWith(good);
    Map<String, Set<String>> labels = labels(family);
    return "|`%s%s`|%s|%s|%s|%s|%s|%s|\n"
        .formatted(
            family.getMetadata().getPrometheusName(),
            suffix(family),
            type(family),
            labels.entrySet().stream()
                .map(
                    label ->
                        "`"
                            + label.getKey()
                            + "`"
                            + (label.getValue().isEmpty()
                                ? ""
                                : ": " + String.join(", ", label.getValue())))
                .collect(joining("; ")),
            help.substring(0, help.length() - good.length()),
            meter.good,
            LabelValue.of(meter.cost),
            series(family, labels));
  }

  /** Exposed names add a unit and suffixes to the meter's. */
  private static JvmMeter meter(MetricSnapshot family) {
    String name = family.getMetadata().getPrometheusName();
    return Arrays.stream(JvmMeter.values())
        .filter(meter -> (name + "_").startsWith(meter.meter.replace('.', '_') + "_"))
        .max(Comparator.comparingInt(meter -> meter.meter.length()))
        .orElseThrow(() -> new AssertionError("what is good of " + name + "?"));
  }

  private static Map<String, Set<String>> labels(MetricSnapshot family) {
    Map<String, Set<String>> labels = new TreeMap<>();
    family
        .getDataPoints()
        .forEach(point -> point.getLabels().stream().forEach(label -> add(label, labels)));
    return labels;
  }

  private static void add(Label label, Map<String, Set<String>> labels) {
    Set<String> values = labels.computeIfAbsent(label.getName(), unused -> new TreeSet<>());
    if (KNOWN_BEFOREHAND.contains(label.getName())) {
      values.add(label.getValue());
    }
  }

  /** "1 a id", "6": a summary has the sum and the count. */
  private static String series(MetricSnapshot family, Map<String, Set<String>> labels) {
    int number = family instanceof SummarySnapshot ? 2 : 1;
    StringBuilder each = new StringBuilder();
    for (var label : labels.entrySet()) {
      if (DESCRIPTIVE.contains(label.getKey())) {
        continue;
      }
      if (label.getValue().isEmpty()) {
        each.append(" a ").append(label.getKey());
      } else {
        number *= label.getValue().size();
      }
    }
    return number + each.toString();
  }

  private static String suffix(MetricSnapshot family) {
    if (family instanceof CounterSnapshot) {
      return "_total";
    }
    return family instanceof InfoSnapshot ? "_info" : "";
  }

  private static String type(MetricSnapshot family) {
    if (family instanceof CounterSnapshot) {
      return "counter";
    } else if (family instanceof SummarySnapshot) {
      return "summary";
    } else if (family instanceof HistogramSnapshot) {
      return "histogram";
    }
    return family instanceof InfoSnapshot ? "info" : "gauge";
  }
}
