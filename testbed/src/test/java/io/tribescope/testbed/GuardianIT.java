package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class GuardianIT {
  @Test
  void nothingIsLeftOfABedWhoseJvmWasKilled() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dtribescope.root=" + System.getProperty("tribescope.root"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledBed.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      BufferedReader output = jvm.inputReader();
      String mark = output.readLine();
      String network = output.readLine();
      // Two Tomcats, one of them stopped, Prometheus, httpd and its child.
      assertThat(marked(mark)).hasSize(5);
      assertThat(Command.require("ip", "netns")).contains(network + "-1", network + "-2");
      assertThat(Command.require("ip", "-o", "link")).contains(network);
      assertThat(Command.require("iptables", "-w", "-S")).contains(network);

      jvm.destroyForcibly();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(marked(mark)).isEmpty());
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () -> {
                assertThat(Command.require("ip", "netns")).doesNotContain(network);
                assertThat(Command.require("ip", "-o", "link")).doesNotContain(network);
                assertThat(Command.require("iptables", "-w", "-S")).doesNotContain(network);
              });
    } finally {
      jvm.destroyForcibly();
    }
  }

  private static List<Long> marked(String mark) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> environment(pid).contains(mark))
        .toList();
  }

  private static String environment(long pid) {
    try {
      return Files.readString(
          Path.of("/proc", Long.toString(pid), "environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
