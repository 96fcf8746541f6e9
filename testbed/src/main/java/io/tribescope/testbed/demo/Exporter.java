package io.tribescope.testbed.demo;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Httpd;
import io.tribescope.testbed.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The exporter's jar, run as a user would, on a free port of 127.0.0.1. */
final class Exporter implements AutoCloseable {
  private static final int START_SECONDS = 30;
  private static final int END_SECONDS = 10;

  // Its standard input is a pipe that only this JVM holds, so that it ends with this JVM whatever
  // ends that; a session of its own keeps a terminal's Ctrl-C from it until then.
  private static final String SCRIPT = "\"$@\" & read -r _; kill -s KILL $!; wait";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final int port;
  private final Process process;

  private Exporter(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts it and returns when it is ready.
   *
   * @throws UncheckedIOException when it does not become ready; its log then says why
   */
  static Exporter start(Bed bed, Httpd httpd) {
    Path log = bed.directory().resolve("exporter/exporter.log");
    int port = freePort();
    ProcessBuilder builder =
        new ProcessBuilder(
                "setsid",
                "sh",
                "-c",
                SCRIPT,
                "exporter",
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-jar",
                Product.exporter().toString(),
                "--modjk",
                "main=" + httpd.statusReadOnly(),
                "--port",
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    try {
      Files.createDirectory(log.getParent());
      Exporter exporter = new Exporter(port, builder.start());
      exporter.awaitReady(log);
      return exporter;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private void awaitReady(Path log) throws IOException {
    Ticker ticker = new Ticker();
    for (int second = 0; second < START_SECONDS; second++) {
      try {
        get("/-/ready");
        return;
      } catch (UncheckedIOException notYet) {
        ticker.next();
      }
    }
    close();
    throw new IOException("not ready within %d s; see %s".formatted(START_SECONDS, log));
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it says of httpd's mod_jk now. */
  URI probe() {
    return uri("/probe?target=main");
  }

  /** Reads {@link #probe}. */
  Scrape scrape() {
    return Scrape.parse(get("/probe?target=main"));
  }

  /** The job for Prometheus: the alias becomes the instance. */
  String scrapeConfig() {
    return """
        job_name: modjk
        metrics_path: /probe
        static_configs:
          - targets: [main]
        relabel_configs:
          - source_labels: [__address__]
            target_label: __param_target
          - source_labels: [__param_target]
            target_label: instance
          - target_label: __address__
            replacement: 127.0.0.1:%d
        """
        .formatted(port);
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private String get(String path) {
    HttpRequest request = HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(5)).build();
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw Ticker.interrupted();
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    process.onExit().orTimeout(END_SECONDS, TimeUnit.SECONDS).join();
  }
}
