package io.tribescope.bench.compare.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionLoadTest {
  private static final Duration MOMENT = Duration.ofMillis(300);

  private final Map<String, Set<String>> valuesBySession = new ConcurrentHashMap<>();
  private final Set<String> replicated = ConcurrentHashMap.newKeySet();
  private final AtomicInteger created = new AtomicInteger();
  private final AtomicLong writes = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile long failFrom = Long.MAX_VALUE;
  private volatile long loseFrom = Long.MAX_VALUE;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/app/write", this::write);
    server.createContext("/app/peek", this::peek);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  private URI application() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/app");
  }

  private void write(HttpExchange exchange) throws IOException {
    String cookie = exchange.getRequestHeaders().getFirst("Cookie");
    boolean lost = cookie != null && writes.get() >= loseFrom;
    if (cookie == null || lost) {
      String id = "id" + created.incrementAndGet();
      replicated.add(id);
      exchange.getResponseHeaders().set("Set-Cookie", "JSESSIONID=" + id + "; Path=/app; HttpOnly");
    } else {
      writes.incrementAndGet();
      String query = exchange.getRequestURI().getQuery();
      valuesBySession
          .computeIfAbsent(cookie, any -> ConcurrentHashMap.newKeySet())
          .add(query.substring(query.indexOf("v=")));
    }
    answer(exchange, writes.get() >= failFrom ? 500 : 200, "{}");
  }

  private void peek(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    boolean held = replicated.contains(query.substring(query.indexOf("id=") + 3));
    answer(exchange, 200, held ? "{\"held\":true,\"value\":\"0000000001\"}" : "{\"held\":false}");
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void everyRequestWritesAnotherValueIntoOneOfTheSessionsInTurn() {
    try (SessionLoad load = new SessionLoad(application())) {
      assertThat(created).hasValue(SessionLoad.SESSIONS);
      LoadResult result = load.run(MOMENT);
      assertThat(result.requests()).isEqualTo(writes.get()).isPositive();
      assertThat(result.seconds()).isGreaterThanOrEqualTo(0.3);
      assertThat(result.millis(99)).isPositive();
    }
    int distinct = valuesBySession.values().stream().mapToInt(Set::size).sum();
    assertThat(distinct).isEqualTo(writes.intValue());
  }

  @Test
  void aRequestThatFailsBreaksTheLoadOff() {
    failFrom = 50;
    try (SessionLoad load = new SessionLoad(application())) {
      assertThatThrownBy(() -> load.run(MOMENT))
          .hasMessage("the load broke off: a request failed: HTTP/1.1 500 Internal Server Error");
    }
  }

  @Test
  void aSessionThatIsLostBreaksTheLoadOff() {
    loseFrom = 50;
    try (SessionLoad load = new SessionLoad(application())) {
      assertThatThrownBy(() -> load.run(MOMENT))
          .hasMessage("the load broke off: a session was lost under load");
    }
  }

  @Test
  void aReceiverWithoutASessionIsNoticed() throws IOException {
    try (SessionLoad load = new SessionLoad(application())) {
      load.checkReplicas(application());
      replicated.remove("id7");
      assertThatThrownBy(() -> load.checkReplicas(application()))
          .hasMessage("the receiver holds 199 sessions of 200: they are not replicated");
    }
  }
}
