package io.tribescope.agent.exposition;

import static java.util.stream.Collectors.joining;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.TreeSet;

/** The families that Micrometer publishes of this JVM, after a garbage collection. */
final class JvmTable {
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
    return "| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n"
        + basics.stream()
            // Only of some collectors, and only once they worked so.
            .filter(family -> !family.getMetadata().getName().startsWith("jvm_gc_concurrent"))
            .map(JvmTable::row)
            .collect(joining());
  }

  private static String row(MetricSnapshot family) {
    TreeSet<String> labels = new TreeSet<>();
    family
        .getDataPoints()
        .forEach(
            point -> point.getLabels().stream().map(Label::getName).forEach(l -> labels.add(l)));
    String suffix =
        family instanceof CounterSnapshot
            ? "_total"
            : family instanceof InfoSnapshot ? "_info" : "";
    return "|`%s%s`|%s|%s|%s|\n"
        .formatted(
            family.getMetadata().getPrometheusName(),
            suffix,
            type(family),
            labels.stream().map(label -> "`" + label + "`").collect(joining("; ")),
            family.getMetadata().getHelp());
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
