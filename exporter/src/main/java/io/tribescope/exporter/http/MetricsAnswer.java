package io.tribescope.exporter.http;

import com.sun.net.httpserver.HttpExchange;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;

/**
 * Writes metrics as Prometheus' own library does: text or OpenMetrics by content negotiation,
 * compressed when the client takes it.
 */
final class MetricsAnswer {
  private MetricsAnswer() {}

  static void write(HttpExchange exchange, MetricSnapshots metrics) throws IOException {
    PrometheusRegistry registry = new PrometheusRegistry();
    MultiCollector collector = () -> metrics;
    registry.register(collector);
    new MetricsHandler(registry).handle(exchange);
  }
}
