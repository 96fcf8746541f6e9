package io.tribescope.testbed.demo;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The demo in a JVM of its own, as its script starts it. What it says goes into a file. */
final class DemoProcess implements AutoCloseable {
  private final Path said;
  private final Process process;

  private DemoProcess(Path said, Process process) {
    this.said = said;
    this.process = process;
  }

  static DemoProcess start(Path directory, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Dtribescope.root=" + System.getProperty("tribescope.root", ".."),
                "-cp",
                System.getProperty("java.class.path"),
                Demo.class.getName()));
    command.addAll(List.of(options));
    Path said = directory.resolve("demo.log");
    return new DemoProcess(
        said,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start());
  }

  /** Waits until it says something like this. */
  void awaitSaid(Pattern wanted, Duration deadline) {
    await()
        .atMost(deadline)
        .failFast("the demo ended", () -> !process.isAlive())
        .until(this::said, text -> wanted.matcher(text).find());
  }

  String said() throws IOException {
    return Files.readString(said);
  }

  /** Its exit code, once it has ended. */
  int awaitEnd(Duration deadline) throws InterruptedException {
    if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the demo still runs after " + deadline);
    }
    return process.exitValue();
  }

  List<ProcessHandle> descendants() {
    return process.descendants().toList();
  }

  void terminate() {
    process.destroy();
  }

  void kill() {
    process.destroyForcibly();
  }

  /** Kills it; its guardian ends what it started. */
  @Override
  public void close() {
    kill();
  }
}
