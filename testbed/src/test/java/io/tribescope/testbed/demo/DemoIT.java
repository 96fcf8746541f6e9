package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The whole demo, until all of its parts are seen in the live line; then it is ended. */
@Tag("real")
@Timeout(180)
class DemoIT {
  private final List<String> said = new ArrayList<>();
  private Process demo;
  private List<ProcessHandle> servers;

  @BeforeEach
  void start() throws IOException {
    demo =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dtribescope.root=" + System.getProperty("tribescope.root", ".."),
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName(),
                "--nodes=2")
            .redirectErrorStream(true)
            .start();
    BufferedReader lines = demo.inputReader();
    String line;
    do {
      line = lines.readLine();
      assertThat(line).as("next line after %s", said).isNotNull();
      said.add(line);
    } while (!line.contains("members 2 2 | islands 1 | ") || !line.contains("workers 2 OK"));
    servers = demo.descendants().toList();
    // Two Tomcats, httpd, the exporter and its shell, Alertmanager, Prometheus, the guardian.
    assertThat(servers).hasSizeGreaterThanOrEqualTo(8);
  }

  @AfterEach
  void kill() {
    demo.destroyForcibly();
  }

  @Test
  void aSignalStopsEverything() throws InterruptedException {
    demo.destroy();
    assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(128 + 15);
    // A dead grandchild counts as alive until init has reaped it.
    awaitEnd(Duration.ofSeconds(5));
  }

  @Test
  void nothingOutlivesIt() {
    demo.destroyForcibly();
    awaitEnd(Duration.ofSeconds(30));
  }

  private void awaitEnd(Duration deadline) {
    await()
        .atMost(deadline)
        .untilAsserted(() -> assertThat(servers).filteredOn(ProcessHandle::isAlive).isEmpty());
  }
}
