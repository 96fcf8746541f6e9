package io.tribescope.bench.compare.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FirstAnswerTest {
  @Test
  void anAnswerThatIsNotOkIsNotTheFirst() throws IOException {
    AtomicInteger asked = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/app",
        exchange -> {
          exchange.sendResponseHeaders(asked.incrementAndGet() < 3 ? 503 : 200, 2);
          exchange.getResponseBody().write(new byte[2]);
          exchange.close();
        });
    // Bound already, and not serving yet, as a Tomcat is while its cluster starts.
    FirstAnswer first =
        new FirstAnswer(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "/app/touch");
    server.start();
    try {
      // Between three answers it waits twice, 5 ms each.
      assertThat(first.seconds()).isBetween(0.01, 60.0);
      assertThat(asked).hasValue(3);
    } finally {
      server.stop(0);
    }
  }
}
