package io.tribescope.testbed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client concludes, against a fake application that gives the answers it is told to. */
class ClientTest {
  private static final String ALL =
      "{\"node\":\"%s\",\"session\":\"%s\",\"attributes\":{\"k\":\"%s\"}}";

  private HttpServer fake;
  private Endpoint endpoint;
  private String answer = "";
  private int status = 200;
  private String cookie = "";

  private final Client client = new Client(Duration.ofSeconds(5));

  @BeforeEach
  void start() throws IOException {
    fake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    fake.createContext("/", this::answer);
    fake.start();
    URI uri = URI.create("http://127.0.0.1:" + fake.getAddress().getPort() + "/app");
    endpoint = () -> uri;
  }

  @AfterEach
  void stop() {
    fake.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      cookie = String.valueOf(exchange.getRequestHeaders().getFirst("Cookie"));
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Session written() {
    Session session = client.session(endpoint);
    answer = "{\"node\":\"node1\",\"session\":\"A.node1\"}";
    session.write("k", "1");
    assertThat(cookie).isEqualTo("null");
    return session;
  }

  @Test
  void sessionWithAnotherRouteIsTheSame() {
    Session session = written();
    answer = ALL.formatted("node2", "A.node2", "1");
    assertThat(client.verify().survived()).containsExactly(session);
    assertThat(cookie).isEqualTo("JSESSIONID=A.node1");
    assertThat(client.totals())
        .isEqualTo(new Totals(1, 1, 1, 0, 0, 1, Map.of("node1", 1L, "node2", 1L)));
    assertThat(session.toString()).doesNotContain("A.");
  }

  @Test
  void olderValueIsStale() {
    Session session = written();
    answer = ALL.formatted("node1", "A.node1", "0");
    assertThat(client.verify().stale()).containsExactly(session);
  }

  @Test
  void valueThatIsMissingIsLost() {
    Session session = written();
    answer = "{\"node\":\"node1\",\"session\":\"A.node1\",\"attributes\":{}}";
    assertThat(client.verify().lost()).containsExactly(session);
  }

  @Test
  void anotherSessionInItsPlaceIsLostAndCountsAsCreated() {
    Session session = written();
    answer = "{\"node\":\"node1\",\"session\":\"B.node1\"}";
    session.write("l", "1");
    assertThat(session.lost()).isTrue();
    assertThat(client.totals().lost()).isEqualTo(1);
    assertThat(client.totals().created()).isEqualTo(2);
    answer = "{\"node\":\"node1\",\"session\":\"B.node1\",\"attributes\":{\"l\":\"1\"}}";
    assertThat(client.verify().survived()).containsExactly(session);
  }

  @Test
  void noSessionInItsPlaceIsLost() {
    Session session = written();
    answer = "{\"node\":\"node1\",\"session\":null,\"attributes\":{}}";
    assertThat(client.verify().lost()).containsExactly(session);
    assertThat(client.verify()).hasToString("survived 0, lost 0, stale 0, unanswered 0");
  }

  @Test
  void forgedCookieIsSentAndFoundToBeNoSession() {
    answer = "{\"node\":\"node2\",\"session\":null}";
    Session forged = client.returning(endpoint, "F.node1");
    forged.touch();
    assertThat(cookie).isEqualTo("JSESSIONID=F.node1");
    assertThat(forged.lost()).isTrue();
    assertThat(client.totals()).isEqualTo(new Totals(0, 0, 1, 0, 1, 0, Map.of("node2", 1L)));
  }

  @Test
  void changeLeftForLaterIsExpectedAndAnInstanceIsNot() {
    Session session = written();
    session.writeLater("k", "2");
    session.writeInstance("k2", Object.class);
    answer = ALL.formatted("node1", "A.node1", "2");
    assertThat(client.verify().survived()).containsExactly(session);
  }

  @Test
  void sessionWithoutAnyValueCanBeLostToo() {
    Session session = client.session(endpoint);
    answer = "{\"node\":\"node1\",\"session\":\"A.node1\"}";
    session.create();
    answer = "{\"node\":\"node1\",\"session\":null,\"attributes\":{}}";
    assertThat(client.verify().lost()).containsExactly(session);
  }

  @Test
  void writeThatFailedMayHaveBeenApplied() {
    Session session = written();
    status = 503;
    assertThatThrownBy(() -> session.write("k", "2"))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageEndingWith("/app/write: java.io.IOException: status 503");
    assertThat(client.verify().unanswered()).containsExactly(session);
    assertThat(client.totals().failed()).isEqualTo(2);
    status = 200;
    for (String value : new String[] {"1", "2"}) {
      answer = ALL.formatted("node1", "A.node1", value);
      assertThat(client.verify().survived()).containsExactly(session);
    }
    answer = ALL.formatted("node1", "A.node1", "3");
    assertThat(client.verify().stale()).containsExactly(session);
  }
}
