package io.tribescope.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  @TempDir private Path directory;

  @Test
  void guardianEndsWhatIsStoppedAndWhatWasForked() {
    Server server;
    ProcessHandle child;
    try (Guardian guardian = guardian()) {
      server = server(guardian, "sleep 1000 & echo $!; wait");
      server.await("child", DEADLINE, () -> server.output().isEmpty() ? "no output" : null);
      child = ProcessHandle.of(Long.parseLong(server.output().strip())).orElseThrow();
      server.signal("STOP");
      assertThat(child.isAlive()).isTrue();
    }
    Await.until("end", DEADLINE, directory, () -> server.isAlive() ? "alive" : null);
    Await.until("end of child", DEADLINE, directory, () -> child.isAlive() ? "alive" : null);
  }

  @Test
  void closeEndsTheWholeGroup() {
    try (Guardian guardian = guardian()) {
      Server server = server(guardian, "sleep 1000 & echo $!; wait");
      server.await("child", DEADLINE, () -> server.output().isEmpty() ? "no output" : null);
      ProcessHandle child = ProcessHandle.of(Long.parseLong(server.output().strip())).orElseThrow();
      server.close();
      assertThat(server.isAlive()).isFalse();
      Await.until("end of child", DEADLINE, directory, () -> child.isAlive() ? "alive" : null);
    }
  }

  @Test
  void waitingForOneThatEndedTellsWhyAndWhere() {
    try (Guardian guardian = guardian()) {
      Server server = server(guardian, "echo no such port; exit 3");
      assertThatThrownBy(() -> server.await("port", DEADLINE, () -> "closed"))
          .isInstanceOf(TestBedException.class)
          .hasMessageContaining("test ended with exit code 3; its log " + directory)
          .hasMessageEndingWith("no such port\n");
    }
  }

  @Test
  void waitingInVainTellsWhatWasSeenLast() {
    Duration short_ = Duration.ofMillis(1);
    assertThatThrownBy(() -> Await.until("port", short_, directory, () -> "closed"))
        .hasMessage("no port within 0.001 s; last seen: closed; logs: " + directory);
  }

  private Guardian guardian() {
    return new Guardian("", directory.resolve("guardian.log"));
  }

  private Server server(Guardian guardian, String script) {
    List<String> command = List.of("sh", "-c", script);
    return new Server(
        "test", guardian, directory, directory.resolve("test.log"), Map.of(), command);
  }
}
