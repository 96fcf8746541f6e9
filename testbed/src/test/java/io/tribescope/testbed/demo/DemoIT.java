package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.machine.Processes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole demo, until all of its parts are seen in the live line; then it is ended. */
@Tag("real")
class DemoIT {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Pattern ALL_SEEN =
      Pattern.compile(
          "members 2 2 \\| islands 1 \\| .* \\| unreplicated 0 0 \\| missed 0 0 \\| cache peers 1 1 \\| workers 2 OK");

  @TempDir private Path directory;
  private DemoProcess demo;
  private List<ProcessHandle> servers;

  @BeforeEach
  void start() throws IOException {
    // Ends by itself, should this JVM not come to end it.
    demo = DemoProcess.start(directory, "--nodes=2", "--minutes=3");
    demo.awaitSaid(ALL_SEEN, START);
    servers = demo.descendants();
    // Two Tomcats, httpd and its child, the exporter, Alertmanager, Prometheus, the guardian.
    assertThat(servers).hasSizeGreaterThanOrEqualTo(8);
  }

  @AfterEach
  void kill() {
    demo.close();
  }

  @Test
  void aSignalStopsEverything() throws IOException, InterruptedException {
    demo.terminate();
    int exitCode = demo.awaitEnd(Duration.ofMinutes(1));
    assertThat(exitCode).as(demo.said()).isEqualTo(128 + 15);
    awaitEnd(Duration.ofSeconds(5));
  }

  @Test
  void nothingOutlivesIt() {
    demo.kill();
    awaitEnd(Duration.ofSeconds(30));
  }

  private void awaitEnd(Duration deadline) {
    await()
        .atMost(deadline)
        .untilAsserted(
            () -> assertThat(servers).filteredOn(server -> !Processes.isOver(server)).isEmpty());
  }
}
