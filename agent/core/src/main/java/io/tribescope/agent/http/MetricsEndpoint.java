package io.tribescope.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers scrapes. The registry and all that publishes are made for the first of them: a Tomcat
 * that starts does not share its cores with the loading of their classes. Thread-safe.
 */
final class MetricsEndpoint implements HttpHandler {
  private static final Logger logger = LoggerFactory.getLogger(MetricsEndpoint.class);

  private final Supplier<PrometheusRegistry> registry;
  private @Nullable MetricsHandler metrics;
  private boolean failed;

  MetricsEndpoint(Supplier<PrometheusRegistry> registry) {
    this.registry = registry;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    metrics().handle(exchange);
  }

  /** What cannot be made, for a class that is missing perhaps, is said once, and tried again. */
  private synchronized HttpHandler metrics() {
    if (metrics != null) {
      return metrics;
    }
    try {
      MetricsHandler made = new MetricsHandler(registry.get());
      metrics = made;
      return made;
    } catch (Throwable t) {
      if (!failed) {
        failed = true;
        logger.error("The agent cannot publish what it counts; Tomcat is not affected", t);
      }
      return MetricsEndpoint::refuse;
    }
  }

  private static void refuse(HttpExchange exchange) throws IOException {
    MetricsServer.answer(exchange, 500, "Nothing can be published; the agent's log says why.\n");
  }
}
