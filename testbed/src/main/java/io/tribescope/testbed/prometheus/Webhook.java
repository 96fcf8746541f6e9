package io.tribescope.testbed.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.machine.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives what an Alertmanager sends, in place of a pager. Thread-safe. */
public final class Webhook implements AutoCloseable {
  private final List<Notification> notifications = new CopyOnWriteArrayList<>();
  private final Path log;
  private final HttpServer server;

  /**
   * Starts it.
   *
   * @param directory of its log
   */
  public Webhook(Path directory) {
    this.log = directory.resolve("webhook.log");
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the webhook", e);
    }
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          log, body.strip() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      notifications.addAll(Notification.of(Http.json(body)));
      exchange.sendResponseHeaders(200, -1);
    }
  }

  /** The address to send to. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /** All that came, in its order. */
  public List<Notification> notifications() {
    return List.copyOf(notifications);
  }

  /** How often that alert was said to fire. */
  public long firing(String alert) {
    return said(alert, true);
  }

  /** How often that alert was said to be resolved. */
  public long resolved(String alert) {
    return said(alert, false);
  }

  private long said(String alert, boolean firing) {
    return notifications.stream()
        .filter(said -> said.firing() == firing && said.name().equals(alert))
        .count();
  }

  /** Waits until that alert was said to fire. */
  public void awaitFiring(String alert, Duration deadline) {
    Await.until(
        "notification that " + alert + " fires",
        deadline,
        log,
        () -> firing(alert) > 0 ? null : "notifications " + notifications);
  }

  /** Waits until that alert was said to be resolved. */
  public void awaitResolved(String alert, Duration deadline) {
    Await.until(
        "notification that " + alert + " is resolved",
        deadline,
        log,
        () -> resolved(alert) > 0 ? null : "notifications " + notifications);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
