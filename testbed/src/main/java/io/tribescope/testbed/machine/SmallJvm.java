package io.tribescope.testbed.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a program beside the nodes is run: small, and quick to start. */
public final class SmallJvm {
  private SmallJvm() {}

  /**
   * A command line of this JVM's Java.
   *
   * @param arguments further flags, then the jar or class, and its arguments
   */
  public static List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-Xmx64m",
                // Its code does not run long enough for the second tier to be worth it.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                // Leaves no file in /tmp.
                "-XX:-UsePerfData"));
    command.addAll(List.of(arguments));
    return command;
  }
}
