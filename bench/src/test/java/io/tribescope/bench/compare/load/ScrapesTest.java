package io.tribescope.bench.compare.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScrapesTest {
  private final AtomicInteger scraped = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] bytes = "# HELP a\na_metric 1\n".getBytes(UTF_8);
          exchange.sendResponseHeaders(200, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
          scraped.incrementAndGet();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private List<URI> agent() {
    return List.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics"));
  }

  @Test
  void anAgentThatPublishesIsFine() {
    try (Scrapes scrapes = new Scrapes(agent(), "a_metric")) {
      await().untilAtomic(scraped, org.hamcrest.Matchers.greaterThan(0));
      assertThatCode(scrapes::check).doesNotThrowAnyException();
    }
  }

  @Test
  void oneThatObservesNothingIsNoticed() {
    try (Scrapes scrapes = new Scrapes(agent(), "tomcat_cluster_members")) {
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(scrapes::check)
                      .hasMessage(
                          "a scrape failed: %s publishes no tomcat_cluster_members: it observes"
                              + " nothing",
                          agent().get(0)));
    }
  }
}
