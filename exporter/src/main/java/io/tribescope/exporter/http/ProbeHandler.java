package io.tribescope.exporter.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /probe?target=ALIAS}: a scrape of it is a scrape of the target, never of a cache. */
final class ProbeHandler implements HttpHandler {
  private final Probes probes;
  private final Duration timeout;

  ProbeHandler(Probes probes, Duration timeout) {
    this.probes = probes;
    this.timeout = timeout;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    List<String> aliases = targets(exchange.getRequestURI().getRawQuery());
    if (aliases.size() != 1) {
      Answer.text(exchange, 400, "Name one target: /probe?target=ALIAS; " + known());
      return;
    }
    ProbeTarget target = probes.target(aliases.get(0));
    if (target == null) {
      // The alias is not repeated: it came from the network.
      Answer.text(exchange, 404, "No target has this alias; " + known());
      return;
    }
    Duration limit = TimeLimit.of(timeout, exchange.getRequestHeaders().getFirst(TimeLimit.HEADER));
    try {
      Optional<MetricSnapshots> metrics = probes.probe(target, limit);
      if (metrics.isPresent()) {
        MetricsAnswer.write(exchange, metrics.get());
      } else {
        Answer.text(
            exchange, 503, "Too many probes at once; raise --max-probes or scrape less often");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      Answer.text(exchange, 503, "The exporter is stopping");
    }
  }

  private String known() {
    return "the targets are: " + String.join(", ", probes.aliases());
  }

  private static List<String> targets(@Nullable String query) {
    List<String> values = new ArrayList<>();
    for (String parameter : query == null ? new String[0] : query.split("&", -1)) {
      if (parameter.startsWith("target=")) {
        values.add(decode(parameter.substring("target=".length())));
      }
    }
    return values;
  }

  private static String decode(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }
}
