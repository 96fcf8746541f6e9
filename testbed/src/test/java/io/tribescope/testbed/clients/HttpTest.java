package io.tribescope.testbed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HttpTest {
  @Test
  void noMessageHasAQuery() throws IOException {
    HttpServer fake =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    fake.start();
    String peek = "http://127.0.0.1:" + fake.getAddress().getPort() + "/app/peek";
    try {
      // Nothing is served there.
      assertThatThrownBy(() -> http().get(URI.create(peek + "?k=cart&id=A.node1")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageStartingWith(peek + ": status 404: ")
          .hasMessageNotContainingAny("cart", "A.node1");
    } finally {
      fake.stop(0);
    }
    assertThatThrownBy(() -> http().get(URI.create(peek + "?id=A.node1")))
        .hasMessageStartingWith(peek + ": ")
        .hasMessageNotContaining("A.node1")
        .satisfies(
            thrown -> assertThat(String.valueOf(thrown.getCause())).doesNotContain("A.node1"));
  }

  private static Http http() {
    return new Http(Duration.ofSeconds(5));
  }
}
