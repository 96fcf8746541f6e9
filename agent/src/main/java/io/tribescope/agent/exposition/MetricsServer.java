package io.tribescope.agent.exposition;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * The agent's HTTP endpoints: {@code /metrics}, {@code /-/healthy}, {@code /-/ready}. Three threads
 * at most and sixteen requests waiting; then nothing more is accepted for a while.
 */
public final class MetricsServer {
  private static final int THREADS = 3;
  private static final int WAITING = 16;

  private final HttpServer server;

  private MetricsServer(HttpServer server) {
    this.server = server;
  }

  /**
   * @param port 0 for any free one
   * @param ready whether the agent observes a cluster
   * @throws IOException when the address cannot be bound
   */
  public static MetricsServer start(
      String host, int port, PrometheusRegistry registry, BooleanSupplier ready)
      throws IOException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    HttpServer server = HttpServer.create(address, WAITING);
    server.setExecutor(executor());
    MetricsHandler metrics = new MetricsHandler(registry);
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

  private static ThreadPoolExecutor executor() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "tribescope-http-" + number.incrementAndGet());
              thread.setDaemon(true);
              thread.setContextClassLoader(MetricsServer.class.getClassLoader());
              return thread;
            },
            // The JDK's server would leave the connection of a rejected request hanging: the
            // thread that accepts serves it, and accepts no other meanwhile.
            new ThreadPoolExecutor.CallerRunsPolicy());
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static void root(HttpExchange exchange) throws IOException {
    boolean root = exchange.getRequestURI().getPath().equals("/");
    answer(
        exchange,
        root ? 200 : 404,
        (root ? "Tribescope agent. " : "Not found. ") + "See /metrics, /-/healthy, /-/ready.\n");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
