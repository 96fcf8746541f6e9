package io.tribescope.exporter.source.modjk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.exporter.Captures;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Reading;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Servers that never end, or end too early: a plain socket that behaves as no server should. */
class HostileServerTest {
  private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

  private final StatusClient client =
      new StatusClient("main", TrustedCertificates.ofTheJvm(), 50_000, true);

  /** What the server does with a connection, after it has read the request's first bytes. */
  @FunctionalInterface
  private interface Behaviour {
    void serve(OutputStream out) throws IOException, InterruptedException;
  }

  /** A byte now and then keeps an idle timeout from ever striking; the limit is for the whole. */
  @Test
  void dribblingIsCutAtTheLimit() throws Exception {
    Served served =
        serve(
            Duration.ofMillis(700),
            out -> {
              write(out, HEAD + "Connection: close\r\n\r\n<status>");
              dribble(out);
            });

    assertThat(served.reading)
        .isEqualTo(new Reading.Failed(FailureReason.TIMEOUT, "no whole answer within 0.7 s"));
    served.expectHungUp();
  }

  @Test
  void dribblingHeadersAreCutAtTheLimit() throws Exception {
    Served served =
        serve(
            Duration.ofMillis(700),
            out -> {
              write(out, HEAD + "X-Slow: ");
              dribble(out);
            });

    assertThat(reason(served)).isEqualTo(FailureReason.TIMEOUT);
    served.expectHungUp();
  }

  @Test
  void endlessAnswerIsCutAtItsLength() throws Exception {
    Served served =
        serve(
            Duration.ofSeconds(30),
            out -> {
              write(out, HEAD + "Connection: close\r\n\r\n<status>");
              while (true) {
                write(out, "<member name='w'/>".repeat(100));
              }
            });

    assertThat(reason(served)).isEqualTo(FailureReason.TRUNCATED);
    served.expectHungUp();
  }

  /** The page of an error is not read, however long it is. */
  @Test
  void endlessErrorPageIsNotRead() throws Exception {
    Served served =
        serve(
            Duration.ofSeconds(30),
            out -> {
              write(out, "HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\n");
              dribble(out);
            });

    assertThat(reason(served)).isEqualTo(FailureReason.HTTP);
    served.expectHungUp();
  }

  @Test
  void fewerBytesThanAnnouncedAreTruncated() throws Exception {
    Served served =
        serve(
            Duration.ofSeconds(30),
            out -> {
              write(out, HEAD + "Content-Length: 10695\r\n\r\n");
              out.write(Captures.bytes("01-fresh-start.xml"), 0, 10_000);
            });

    assertThat(served.reading)
        .isEqualTo(
            new Reading.Failed(
                FailureReason.TRUNCATED, "the connection was lost in the middle of the answer"));
  }

  @Test
  void missingLastChunkIsTruncated() throws Exception {
    Served served =
        serve(
            Duration.ofSeconds(30),
            out -> write(out, HEAD + "Transfer-Encoding: chunked\r\n\r\n8\r\n<status>\r\n"));

    assertThat(reason(served)).isEqualTo(FailureReason.TRUNCATED);
  }

  @Test
  void endOfConnectionInTheMiddleOfTheXmlIsTruncated() throws Exception {
    Served served =
        serve(
            Duration.ofSeconds(30),
            out -> {
              write(out, HEAD + "Connection: close\r\n\r\n");
              out.write(Captures.bytes("01-fresh-start.xml"), 0, 10_000);
            });

    assertThat(served.reading)
        .isEqualTo(
            new Reading.Failed(
                FailureReason.TRUNCATED, "the status ends in the middle, after 10000 characters"));
  }

  @Test
  void anotherProtocolIsNotHttp() throws Exception {
    Served served =
        serve(Duration.ofSeconds(30), out -> write(out, "SSH-2.0-OpenSSH_9.2p1\r\n\r\n"));

    assertThat(served.reading)
        .isEqualTo(new Reading.Failed(FailureReason.HTTP, "the answer is not HTTP"));
  }

  @Test
  void nobodyListening() throws Exception {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }

    Reading reading = read(port, Duration.ofSeconds(30));

    assertThat(reading)
        .isEqualTo(
            new Reading.Failed(FailureReason.CONNECT, "no connection: refused or unreachable"));
  }

  @Test
  void unknownHost() throws Exception {
    Reading reading =
        client.read(
            StatusUrl.parse("http://no-such-host.invalid/jkstatus"), null, Duration.ofSeconds(30));

    assertThat(reading)
        .isEqualTo(
            new Reading.Failed(FailureReason.CONNECT, "no connection: the host's name is unknown"));
  }

  private record Served(Reading reading, CompletableFuture<Boolean> hungUp) {

    void expectHungUp() throws Exception {
      assertThat(hungUp.get(20, TimeUnit.SECONDS)).as("the client hung up").isTrue();
    }
  }

  private Served serve(Duration limit, Behaviour behaviour) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Boolean> hungUp = new CompletableFuture<>();
      Thread thread = new Thread(() -> accept(server, behaviour, hungUp), "hostile-server");
      thread.setDaemon(true);
      thread.start();
      return new Served(read(server.getLocalPort(), limit), hungUp);
    }
  }

  private Reading read(int port, Duration limit) throws InterruptedException {
    return client.read(
        StatusUrl.parse("http://127.0.0.1:%d/jkstatus".formatted(port)), null, limit);
  }

  private static void accept(
      ServerSocket server, Behaviour behaviour, CompletableFuture<Boolean> hungUp) {
    try (Socket connection = server.accept()) {
      if (connection.getInputStream().read(new byte[4096]) > 0) {
        behaviour.serve(connection.getOutputStream());
      }
      hungUp.complete(false);
    } catch (IOException e) {
      hungUp.complete(true);
    } catch (InterruptedException e) {
      hungUp.completeExceptionally(e);
    }
  }

  /** Until the client hangs up, and for 20 s at most. */
  private static void dribble(OutputStream out) throws IOException, InterruptedException {
    ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
    try {
      drops
          .scheduleAtFixedRate(() -> drop(out), 0, 50, TimeUnit.MILLISECONDS)
          .get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException("the client hung up", e);
    } catch (TimeoutException e) {
      // It did not.
    } finally {
      drops.shutdownNow();
    }
  }

  private static void drop(OutputStream out) {
    try {
      write(out, " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static FailureReason reason(Served served) {
    assertThat(served.reading).isInstanceOf(Reading.Failed.class);
    return ((Reading.Failed) served.reading).reason();
  }
}
