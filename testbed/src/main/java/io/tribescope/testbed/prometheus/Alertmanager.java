package io.tribescope.testbed.prometheus;

import io.tribescope.testbed.clients.Http;
import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Guardian;
import io.tribescope.testbed.machine.Server;
import io.tribescope.testbed.network.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A real Alertmanager on 127.0.0.1. */
public final class Alertmanager implements AutoCloseable {
  private final int port = Ports.free();
  private final Server server;
  private final Http http = new Http(Duration.ofSeconds(10));

  /** Starts it and returns when it is ready. */
  public Alertmanager(Guardian guardian, Path directory, String config) {
    Path file = directory.resolve("alertmanager.yml");
    try {
      Files.writeString(file, config);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    this.server =
        new Server(
            "alertmanager",
            guardian,
            directory,
            directory.resolve("alertmanager.log"),
            Map.of(),
            List.of(
                // Debian's name, and everybody else's.
                Command.find("prometheus-alertmanager", "prometheus-alertmanager", "alertmanager"),
                "--config.file=" + file,
                "--storage.path=" + directory.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address="));
    http.awaitReady(server, URI.create(uri() + "/-/ready"));
  }

  /** A configuration that tells the webhook of every alert, by name and cluster, at once. */
  public static String config(Webhook webhook) {
    return """
        route:
          receiver: webhook
          group_by: [alertname, cluster]
          group_wait: 1s
          group_interval: 2s
          repeat_interval: 12h
        receivers:
          - name: webhook
            webhook_configs:
              - url: %s
                send_resolved: true
        """
        .formatted(webhook.uri());
  }

  /** Its address, without a slash at the end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  @Override
  public void close() {
    server.close();
  }
}
