package io.tribescope.agent.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The agent's HTTP endpoints: {@code /metrics}, {@code /-/healthy}, {@code /-/ready}. Three threads
 * at most and sixteen requests waiting, then nothing more is accepted for a while; ten seconds for
 * each.
 */
public final class MetricsServer {
  private static final int BACKLOG = 16;

  /** As long as Prometheus waits for a scrape by default. */
  private static final long LIMIT_MILLIS = 10_000;

  private final HttpServer server;

  private MetricsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for any free one
   * @param registry asked for once, at the first scrape
   * @param ready whether the agent observes a cluster
   * @throws IOException when the address cannot be bound
   */
  public static MetricsServer start(
      String host, int port, Supplier<PrometheusRegistry> registry, BooleanSupplier ready)
      throws IOException {
    return start(host, port, registry, ready, LIMIT_MILLIS);
  }

  static MetricsServer start(
      String host,
      int port,
      Supplier<PrometheusRegistry> registry,
      BooleanSupplier ready,
      long limitMillis)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    HttpServer server = HttpServer.create(address, BACKLOG);
    server.setExecutor(new ExchangeThreads(limitMillis));
    MetricsEndpoint metrics = new MetricsEndpoint(registry);
    server.createContext(
        "/metrics",
        exchange -> {
          // A context means every path that begins like it.
          if (exchange.getRequestURI().getPath().equals("/metrics")) {
            metrics.handle(exchange);
          } else {
            root(exchange);
          }
        });
    server.createContext("/-/healthy", exchange -> answer(exchange, 200, "healthy\n"));
    server.createContext(
        "/-/ready",
        exchange -> {
          boolean isReady = ready.getAsBoolean();
          answer(exchange, isReady ? 200 : 503, isReady ? "ready\n" : "no cluster has started\n");
        });
    server.createContext("/", MetricsServer::root);
    server.start();
    return new MetricsServer(server);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private static void root(HttpExchange exchange) throws IOException {
    boolean root = exchange.getRequestURI().getPath().equals("/");
    answer(
        exchange,
        root ? 200 : 404,
        (root ? "Tribescope agent. " : "Not found. ") + "See /metrics, /-/healthy, /-/ready.\n");
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
