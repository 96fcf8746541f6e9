package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A shell process that outlives this JVM by a moment, to end every process of the bed and to remove
 * its network. It waits for the end of a pipe that the kernel closes with this JVM, so it works
 * after SIGKILL as well as after {@link #close}: there is one way of cleaning up.
 */
public final class Guardian implements AutoCloseable {
  private static final String MARK = "TRIBESCOPE_BED";
  private static final long PATIENCE_SECONDS = 30;

  private final String mark = UUID.randomUUID().toString();
  private final Path log;
  private final Process process;

  /**
   * Starts it.
   *
   * @param networkName the bridge's name and the prefix of the namespaces, also when they are never
   *     made; nothing else on the machine may be called so
   */
  public Guardian(String networkName, Path log) {
    this.log = log;
    try (InputStream script = Guardian.class.getResourceAsStream("guardian.sh")) {
      String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
      // A session of its own keeps a terminal's Ctrl-C from it.
      this.process =
          new ProcessBuilder("setsid", "sh", "-c", text, "guardian", mark, networkName)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a process that is about to be started under its guard. */
  public void guard(ProcessBuilder builder) {
    Map<String, String> environment = builder.environment();
    environment.put(MARK, mark);
  }

  /** What its processes have in their environment. */
  public String mark() {
    return mark;
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new TestBedException("the guardian is still cleaning up; its log: " + log);
      }
      String said = Files.readString(log).strip();
      if (process.exitValue() != 0 || !said.isEmpty()) {
        throw new TestBedException("the guardian could not clean up: " + said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
