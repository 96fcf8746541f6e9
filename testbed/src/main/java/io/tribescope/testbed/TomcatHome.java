package io.tribescope.testbed;

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
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

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
      // Not from within a project: its parent POM would be looked for.
      Finished maven =
          Command.run(
              scratch,
              List.of(
                  "mvn",
                  "-q",
                  "-B",
                  COPY,
                  "-Dartifact=org.apache.tomcat:tomcat:" + version + ":tar.gz",
                  "-DoutputDirectory=" + scratch));
      Path archive = scratch.resolve("tomcat-" + version + ".tar.gz");
      if (maven.exitCode() != 0 || !Files.exists(archive)) {
        throw new TestBedException(
            "Maven could not fetch org.apache.tomcat:tomcat:%s:tar.gz: %s"
                .formatted(version, maven.output()));
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
