package io.tribescope.testbed.nodes;

import io.tribescope.testbed.machine.Checkout;
import io.tribescope.testbed.machine.Command;
import io.tribescope.testbed.machine.Finished;
import io.tribescope.testbed.machine.Locked;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.machine.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * An unpacked Tomcat distribution, shared by all nodes of that version and never written to.
 *
 * @param version such as 9.0.117
 */
record TomcatHome(String version, Path path) {
  private static final String TESTED = "8.5.100, 9.0.117, 10.1.59 and 11.0.25";

  /**
   * The distribution of that version, fetched by Maven the first time that this user wants it.
   * Whoever comes while it is being fetched waits; what is cut short is fetched again.
   */
  static TomcatHome of(String version) {
    Path home = Locked.cache().resolve("tomcat").resolve(version);
    if (!Files.isDirectory(home)) {
      Locked.with("tomcat", () -> fetch(version, home));
    }
    return new TomcatHome(version, home);
  }

  private static Path fetch(String version, Path home) {
    if (Files.isDirectory(home)) {
      return home;
    }
    Path scratch = home.resolveSibling(version + ".partial");
    try {
      Trees.delete(scratch);
      Files.createDirectories(scratch);
      // By the parent POM alone, which says what version of the plugin to use.
      Finished maven =
          Command.run(
              scratch,
              List.of(
                  "mvn",
                  "-q",
                  "-B",
                  "-N",
                  "-f",
                  Checkout.path("pom.xml").toString(),
                  "dependency:copy",
                  "-Dartifact=org.apache.tomcat:tomcat:" + version + ":tar.gz",
                  "-DoutputDirectory=" + scratch));
      Path archive = scratch.resolve("tomcat-" + version + ".tar.gz");
      if (maven.exitCode() != 0 || !Files.exists(archive)) {
        Trees.delete(scratch);
        Path log = Files.writeString(home.resolveSibling(version + ".log"), maven.output());
        throw new TestBedException(
            "Maven cannot fetch Tomcat %s; known to work are %s; Maven's output: %s"
                .formatted(version, TESTED, log));
      }
      Path unpacked = Files.createDirectory(scratch.resolve("home"));
      Command.require(
          "tar", "xzf", archive.toString(), "-C", unpacked.toString(), "--strip-components=1");
      Files.move(unpacked, home, StandardCopyOption.ATOMIC_MOVE);
      Trees.delete(scratch);
      return home;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack Tomcat " + version, e);
    }
  }

  Path file(String relative) {
    return path.resolve(relative);
  }
}
