package io.tribescope.bench.compare;

import io.tribescope.bench.compare.load.Scrapes;
import io.tribescope.bench.compare.load.SessionLoad;
import io.tribescope.bench.compare.results.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Records a sender under load, apart from the runs that measure CPU: recording takes some, too. It
 * goes on in parts until there are enough samples, or for ten minutes.
 *
 * @param warmUp under load, before anything is recorded
 * @param samples that are wanted
 */
record FlightRecording(Duration warmUp, int samples) {
  /** Without the first flag a sample is attributed to the last safepoint before it. */
  static final List<String> JVM =
      List.of(
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:+DebugNonSafepoints",
          "-XX:FlightRecorderOptions=stackdepth=256");

  private static final Duration PART = LoadInParts.PART.multipliedBy(3);
  private static final int MOST_PARTS = 60;
  private static final long PATIENCE_SECONDS = 60;
  private static final String SETTINGS =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <configuration version="2.0">
        <event name="jdk.ExecutionSample">
          <setting name="enabled">true</setting>
          <setting name="period">10 ms</setting>
        </event>
      </configuration>
      """;

  Samples of(Agent agent) throws IOException {
    try (TomcatPair pair = new TomcatPair(agent, JVM);
        Scrapes scrapes = new Scrapes(pair.metrics(), agent.published());
        SessionLoad load = new SessionLoad(pair.application())) {
      LoadInParts parts = new LoadInParts(pair, load);
      parts.run(warmUp);
      Path settings = Files.writeString(pair.directory().resolve("samples.jfc"), SETTINGS);
      Samples counted = new Samples();
      for (int part = 1; part <= MOST_PARTS && counted.total() < samples; part++) {
        Path file = pair.directory().resolve("samples-" + part + ".jfr");
        jcmd(pair.senderPid(), "JFR.start", "name=samples", "settings=" + settings);
        parts.run(PART);
        jcmd(pair.senderPid(), "JFR.stop", "name=samples", "filename=" + file);
        counted.add(file);
      }
      scrapes.check();
      return counted;
    }
  }

  private static void jcmd(long pid, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(Long.toString(pid));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("compare-jcmd", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      process.destroyForcibly();
      if (!ended || process.exitValue() != 0) {
        throw new IOException(
            "%s failed: %s".formatted(String.join(" ", command), Files.readString(output)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted in jcmd", e);
    } finally {
      Files.delete(output);
    }
  }
}
