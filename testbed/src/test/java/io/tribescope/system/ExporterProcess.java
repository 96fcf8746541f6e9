package io.tribescope.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Httpd;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The finished exporter, started as a user starts it. */
final class ExporterProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ExporterProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static ExporterProcess start(Bed bed, Httpd httpd) {
    int port = freePort();
    Path log = bed.directory().resolve("exporter.log");
    try {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin/java").toString(),
                      "-jar",
                      Product.EXPORTER.toString(),
                      "--port",
                      Integer.toString(port),
                      "--modjk",
                      "main=" + httpd.status()))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      ExporterProcess exporter = new ExporterProcess(process, port);
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(exporter.get("/-/ready").statusCode()).isEqualTo(200));
      return exporter;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the exporter", e);
    }
  }

  /** {@code host:port}. */
  String target() {
    return "127.0.0.1:" + port;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://" + target() + path)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no port is free", e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
