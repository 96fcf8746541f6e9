package io.tribescope.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The finished jar, run as users run it, on a free port; ends with {@link #close}. */
final class Exporter implements AutoCloseable {
  static final Path JAR = Path.of(System.getProperty("exporter.jar", "no jar"));
  private static final Pattern SERVES = Pattern.compile("serves http://[^:]+:(\\d+)/");

  private final Process process;
  private final Path log;
  private final int port;

  private Exporter(Process process, Path log, int port) {
    this.process = process;
    this.log = log;
    this.port = port;
  }

  /** Waits until it serves; the log goes to a file in the directory. */
  static Exporter start(Path directory, String... arguments) throws IOException {
    return start(directory, List.of(), arguments);
  }

  static Exporter start(Path directory, List<String> jvm, String... arguments) throws IOException {
    Path log = Files.createTempFile(directory, "exporter", ".log");
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--port=0");
    Process process =
        command(jvm, all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      int port =
          Awaitility.await()
              .atMost(60, TimeUnit.SECONDS)
              .failFast("the exporter ended", () -> !process.isAlive())
              .until(() -> port(log), found -> found > 0);
      return new Exporter(process, log, port);
    } catch (RuntimeException | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  static ProcessBuilder command(List<String> jvm, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvm);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  int port() {
    return port;
  }

  String log() throws IOException {
    return Files.readString(log);
  }

  String get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  /** As an operator would stop it. */
  int terminate() throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static int port(Path log) throws IOException {
    Matcher serves = SERVES.matcher(Files.readString(log));
    return serves.find() ? Integer.parseInt(serves.group(1)) : 0;
  }
}
