package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.machine.Command;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real")
class GuardianIT {
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration END = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void nothingIsLeftOfABedWhoseJvmWasKilled() throws Exception {
    Path said = directory.resolve("killed.log");
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dtribescope.root=" + System.getProperty("tribescope.root"),
                "-cp",
                System.getProperty("java.class.path"),
                KilledBed.class.getName())
            .redirectOutput(said.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      List<String> lines =
          await()
              .atMost(START)
              .failFast("the JVM with the bed ended", () -> !jvm.isAlive())
              .until(() -> Files.readAllLines(said), read -> read.size() == 2);
      String mark = lines.get(0);
      String network = lines.get(1);
      assertThat(marked(mark)).filteredOn("java"::equals).hasSize(2);
      assertThat(marked(mark)).contains("prometheus", "apache2");
      assertThat(namespaces()).contains(network + "-1", network + "-2");
      assertThat(Command.require("ip", "-o", "link")).contains(network);
      assertThat(Command.require("iptables", "-w", "-S")).contains(network);

      jvm.destroyForcibly();

      await().atMost(END).untilAsserted(() -> assertThat(marked(mark)).isEmpty());
      await()
          .atMost(END)
          .untilAsserted(
              () -> {
                assertThat(namespaces()).noneMatch(name -> name.startsWith(network));
                assertThat(Command.require("ip", "-o", "link")).doesNotContain(network);
                assertThat(Command.require("iptables", "-w", "-S")).doesNotContain(network);
              });
    } finally {
      jvm.destroyForcibly();
    }
  }

  /** The commands' names of the processes with that mark. */
  private static List<String> marked(String mark) {
    return ProcessHandle.allProcesses()
        .filter(process -> file(process, "environ").contains(mark))
        .map(process -> file(process, "comm").strip())
        .toList();
  }

  private static String file(ProcessHandle process, String name) {
    try {
      Path file = Path.of("/proc", Long.toString(process.pid()), name);
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }

  /** Not by ip's list, which complains of another bed's namespace that is just being deleted. */
  private static List<String> namespaces() throws IOException {
    try (Stream<Path> names = Files.list(Path.of("/run/netns"))) {
      return names.map(path -> path.getFileName().toString()).toList();
    }
  }
}
