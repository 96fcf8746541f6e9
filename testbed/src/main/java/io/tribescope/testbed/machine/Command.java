package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands that run to their end. */
public final class Command {
  private Command() {}

  /** Runs a command, both its outputs as one, and returns how it ended. */
  public static Finished run(@Nullable Path directory, List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    if (directory != null) {
      builder.directory(directory.toFile());
    }
    return finish(builder);
  }

  /** Runs a command as described, and returns how it ended. */
  public static Finished finish(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return new Finished(process.waitFor(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TestBedException("interrupted in " + String.join(" ", builder.command()), e);
    }
  }

  /** Runs a command that must succeed and returns its output. */
  public static String require(String... command) {
    Finished finished = run(null, List.of(command));
    if (finished.exitCode() != 0) {
      throw new TestBedException(
          "%s: exit code %d: %s"
              .formatted(String.join(" ", command), finished.exitCode(), finished.output()));
    }
    return finished.output();
  }

  /** Whether this JVM runs as root. */
  public static boolean isRoot() {
    return require("id", "-u").equals("0");
  }

  /** The first of some commands that this machine has. */
  public static String find(String debianPackage, String... names) {
    for (String name : names) {
      Finished found = run(null, List.of("sh", "-c", "command -v " + name));
      if (found.exitCode() == 0) {
        return found.output();
      }
    }
    throw new TestBedException("no %s: install the package %s".formatted(names[0], debianPackage));
  }
}
