package io.tribescope.testbed.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.network.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A real Prometheus on 127.0.0.1. */
public final class Prometheus implements AutoCloseable {
  private static final String COMMAND = "prometheus";

  private final int port = Ports.free();
  private final Server server;
  private final Http http = new Http(Duration.ofSeconds(10));

  Prometheus(Guardian guardian, Path directory, String config) {
    Path file = directory.resolve("prometheus.yml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    this.server =
        new Server(
            COMMAND,
            guardian,
            directory,
            directory.resolve("prometheus.log"),
            Map.of(),
            List.of(
                Command.find("prometheus", COMMAND),
                "--config.file=" + file,
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
    http.awaitReady(server, URI.create(uri() + "/-/ready"));
  }

  /** Its address, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Runs an instant query, whose result is a vector or a scalar.
   *
   * @throws UncheckedIOException with Prometheus' answer when it refuses the query
   */
  public List<Sample> query(String promql) {
    URI query = URI.create(uri() + "/api/v1/query?query=" + Http.encode(promql));
    try {
      return samples(Http.json(http.get(query)).path("data"));
    } catch (UncheckedIOException e) {
      throw new UncheckedIOException(promql + " at " + e.getMessage(), e.getCause());
    }
  }

  static List<Sample> samples(JsonNode data) {
    List<Sample> samples = new ArrayList<>();
    switch (data.path("resultType").asText()) {
      case "scalar" -> samples.add(sample(Map.of(), data.path("result")));
      case "vector" ->
          data.path("result")
              .forEach(
                  series -> {
                    Map<String, String> labels = new HashMap<>();
                    series
                        .path("metric")
                        .properties()
                        .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
                    samples.add(sample(labels, series.path("value")));
                  });
      default -> throw new IllegalArgumentException("neither a vector nor a scalar: " + data);
    }
    return List.copyOf(samples);
  }

  private static Sample sample(Map<String, String> labels, JsonNode timeAndValue) {
    Map<String, String> others = new HashMap<>(labels);
    String name = others.remove("__name__");
    return new Sample(
        name == null ? "" : name, Map.copyOf(others), Scrape.number(timeAndValue.get(1).asText()));
  }

  /** The value of a query whose result is one sample. */
  public double value(String promql) {
    List<Sample> samples = query(promql);
    if (samples.size() != 1) {
      throw new AssertionError("not one sample of " + promql + " but " + samples);
    }
    return samples.get(0).value();
  }

  /** Waits until the result of a query is as wanted, and returns it. */
  public List<Sample> await(String promql, Duration deadline, Predicate<List<Sample>> wanted) {
    List<Sample> result = new ArrayList<>();
    server.await(
        "wanted result of " + promql,
        deadline,
        () -> {
          result.clear();
          result.addAll(query(promql));
          return wanted.test(result) ? null : result.toString();
        });
    return List.copyOf(result);
  }

  @Override
  public void close() {
    server.close();
  }
}
