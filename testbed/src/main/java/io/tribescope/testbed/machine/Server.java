package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server process, leader of its own process group, with both its outputs in one log file. */
public final class Server implements AutoCloseable {
  private static final int TAIL = 4000;
  private static final Duration STOP = Duration.ofSeconds(10);

  private final String name;
  private final Path log;
  private final long logStart;
  private final Process process;

  /**
   * Starts it and does not wait.
   *
   * @param log to which both its outputs are appended
   * @param environment more than this JVM's own
   */
  public Server(
      String name,
      Guardian guardian,
      Path directory,
      Path log,
      Map<String, String> environment,
      List<String> command) {
    this.name = name;
    this.log = log;
    // setsid finds no group of its own here, so it does not fork: the pid is the server's.
    ProcessBuilder builder = new ProcessBuilder("setsid");
    builder.command().addAll(command);
    builder.environment().putAll(environment);
    guardian.guard(builder);
    try {
      logStart = Files.exists(log) ? Files.size(log) : 0;
      builder.directory(directory.toFile());
      builder.redirectErrorStream(true);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      process = builder.start();
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name, e);
    }
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** Whether the process is there, stopped or not. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /** What this process wrote, not an earlier one to the same file. */
  public String output() {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) (file.length() - logStart)];
      file.seek(logStart);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for a condition, but not longer than the process lives. */
  public void await(String what, Duration deadline, Await.Missing missing) {
    Await.until(
        what,
        deadline,
        log,
        () -> {
          if (!process.isAlive()) {
            throw new TestBedException(
                "%s ended with exit code %d; its log %s ends with:%n%s"
                    .formatted(name, process.exitValue(), log, tail()));
          }
          return missing.get();
        });
  }

  /** Waits until the output has a match, and returns its first group. */
  public String awaitOutput(Pattern wanted, Duration deadline) {
    StringBuilder found = new StringBuilder();
    await(
        "output like \"" + wanted + "\" of " + name,
        deadline,
        () -> {
          String output = output();
          Matcher matcher = wanted.matcher(output);
          if (!matcher.find()) {
            return "\"" + output + "\"";
          }
          found.append(matcher.group(1));
          return null;
        });
    return found.toString();
  }

  /** Sends SIGTERM and waits for the end. */
  public void terminate(Duration deadline) {
    process.destroy();
    awaitEnd(deadline);
  }

  /** Sends SIGKILL to the process and its children, stopped ones too, and waits for the end. */
  @Override
  public void close() {
    if (process.isAlive()) {
      Command.require("sh", "-c", "kill -s KILL -- -" + pid());
    }
    awaitEnd(Duration.ofSeconds(10));
  }

  /** Sends SIGSTOP and waits until no thread of the process runs any more. */
  public void freeze() {
    signal("STOP");
    await("stop of " + name, STOP, () -> ProcessState.isStopped(pid()) ? null : "a thread runs");
  }

  /** Sends SIGCONT; to a process that is not stopped it does nothing. */
  public void resume() {
    signal("CONT");
  }

  private void signal(String signal) {
    if (!process.isAlive()) {
      throw new TestBedException(name + " is not running, so it cannot be sent SIG" + signal);
    }
    Command.require("sh", "-c", "kill -s %s %d".formatted(signal, pid()));
  }

  private void awaitEnd(Duration deadline) {
    try {
      if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new TestBedException(
            "%s (pid %d) did not end within %d s; its log: %s"
                .formatted(name, pid(), deadline.toSeconds(), log));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestBedException("interrupted while " + name + " was ending", e);
    }
  }

  private String tail() {
    String output = output();
    return output.substring(Math.max(0, output.length() - TAIL));
  }
}
