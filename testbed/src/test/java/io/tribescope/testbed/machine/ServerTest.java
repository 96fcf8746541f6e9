package io.tribescope.testbed.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
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
      server = server(guardian, "tail -f /dev/null & echo $!; wait");
      server.await("child", DEADLINE, () -> server.output().isEmpty() ? "no output" : null);
      child = ProcessHandle.of(Long.parseLong(server.output().strip())).orElseThrow();
      server.freeze();
      assertThat(ProcessState.isStopped(server.pid())).isTrue();
      assertThat(ProcessState.isStopped(child.pid())).isFalse();
      assertThat(Processes.isOver(child)).isFalse();
    }
    Await.until("end", DEADLINE, directory, () -> server.isAlive() ? "alive" : null);
    Await.until("end of child", DEADLINE, directory, () -> ended(child));
  }

  @Test
  void closeEndsTheWholeGroup() {
    try (Guardian guardian = guardian()) {
      Server server = server(guardian, "tail -f /dev/null & echo $!; wait");
      server.await("child", DEADLINE, () -> server.output().isEmpty() ? "no output" : null);
      ProcessHandle child = ProcessHandle.of(Long.parseLong(server.output().strip())).orElseThrow();
      server.close();
      assertThat(server.isAlive()).isFalse();
      Await.until("end of child", DEADLINE, directory, () -> ended(child));
    }
  }

  @Test
  void resumeLetsItGoOn() {
    try (Guardian guardian = guardian()) {
      Server server = server(guardian, "echo up; exec tail -f /dev/null");
      server.await("output", DEADLINE, () -> server.output().isEmpty() ? "none" : null);
      server.freeze();
      server.resume();
      Await.until("run", DEADLINE, directory, () -> stopped(server) ? "stopped" : null);
      server.resume();
      server.close();
    }
  }

  @Test
  void aDeadChildThatNobodyAsksForIsOver() {
    try (Guardian guardian = guardian()) {
      // Its parent turns into a program that knows of no child.
      Server server = server(guardian, "tail -f /dev/null & echo $!; exec tail -f /dev/null");
      String pid = server.awaitOutput(Pattern.compile("(\\d+)\n"), DEADLINE);
      ProcessHandle child = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      assertThat(Processes.isOver(child)).isFalse();
      child.destroyForcibly();
      Await.until("end of child", DEADLINE, directory, () -> ended(child));
      assertThat(child.isAlive()).isTrue();
    }
  }

  @Test
  void outputThatDoesNotComeIsToldWithWhatCameInstead() {
    try (Guardian guardian = guardian()) {
      Server server = server(guardian, "echo other; tail -f /dev/null");
      server.awaitOutput(Pattern.compile("(other)"), DEADLINE);
      assertThatThrownBy(
              () -> server.awaitOutput(Pattern.compile("port (\\d+)"), Duration.ofMillis(1)))
          .hasMessage(
              "no output like \"port (\\d+)\" of test within 0.001 s; last seen: \"other\n\"; logs: "
                  + directory.resolve("test.log"));
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

  private static boolean stopped(Server server) {
    return ProcessState.isStopped(server.pid());
  }

  private static @Nullable String ended(ProcessHandle process) {
    return Processes.isOver(process) ? null : "alive";
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
