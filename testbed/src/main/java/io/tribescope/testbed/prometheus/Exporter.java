package io.tribescope.testbed.prometheus;

import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.machine.SmallJvm;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** An exporter's jar, run as users run it, on a port of 127.0.0.1 that it chooses itself. */
public final class Exporter implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern SERVES = Pattern.compile("serves http://[^/]+:(\\d+)/");

  private final Server server;
  private final Http http = new Http(Duration.ofSeconds(10));
  private final int port;

  /** Starts it and returns when it is ready. */
  public Exporter(Guardian guardian, Path directory, Path jar, String... arguments) {
    List<String> command = SmallJvm.command("-jar", jar.toString(), "--port=0");
    command.addAll(List.of(arguments));
    Path log = directory.resolve("exporter.log");
    this.server = new Server("exporter", guardian, directory, log, Map.of(), command);
    this.port = Integer.parseInt(server.awaitOutput(SERVES, START));
    http.awaitReady(server, uri("/-/ready"));
  }

  /** {@code host:port}, as Prometheus wants it. */
  public String target() {
    return "127.0.0.1:" + port;
  }

  /** The address of a path. */
  public URI uri(String path) {
    return URI.create("http://" + target() + path);
  }

  /**
   * Reads the metrics at a path.
   *
   * @throws java.io.UncheckedIOException when it does not answer with status 200
   */
  public Scrape scrape(String path) {
    return Scrape.parse(http.get(uri(path)));
  }

  @Override
  public void close() {
    server.close();
  }
}
