package io.tribescope.exporter.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.exporter.metrics.ExporterFamilies;
import io.tribescope.metrics.Snapshots;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends each request to its endpoint, by the exact path. */
final class Router implements HttpHandler {
  private static final Logger logger = LoggerFactory.getLogger(Router.class);
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final String version;
  private final Probes probes;
  private final ProbeHandler probe;

  Router(String version, Probes probes, ProbeHandler probe) {
    this.version = version;
    this.probes = probes;
    this.probe = probe;
  }

  @Override
  public void handle(HttpExchange exchange) {
    try (exchange) {
      answer(exchange);
    } catch (IOException e) {
      logger.debug("A client left before its answer: {}", e.toString());
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      Answer.text(exchange, 405, "Only GET and HEAD");
      return;
    }
    try {
      route(exchange);
    } catch (RuntimeException e) {
      logger.error("Request for {} failed", exchange.getRequestURI().getPath(), e);
      if (exchange.getResponseCode() == -1) {
        Answer.text(exchange, 500, "A defect in the exporter; its log has the details");
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException {
    switch (exchange.getRequestURI().getPath()) {
      case "/" -> Answer.html(exchange, LandingPage.of(version, probes.aliases()));
      case "/probe" -> probe.handle(exchange);
      case "/metrics" -> metrics(exchange);
      case "/-/healthy" -> Answer.text(exchange, 200, "healthy");
      case "/-/ready" -> Answer.text(exchange, 200, "ready");
      default -> Answer.text(exchange, 404, "No such page; / lists those there are");
    }
  }

  private void metrics(HttpExchange exchange) throws IOException {
    Snapshots out = new Snapshots();
    out.add(
        ExporterFamilies.BUILD_INFO,
        Labels.of("version", version, "java", System.getProperty("java.version")),
        1);
    probes.addTo(out);
    MetricsAnswer.write(exchange, out.build());
  }
}
