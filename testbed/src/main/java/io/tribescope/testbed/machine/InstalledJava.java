package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The Javas of this machine. */
public final class InstalledJava {
  private static final Path INSTALLED = Path.of("/usr/lib/jvm");

  private InstalledJava() {}

  /** The home of the Java of that version; this JVM's own, or where packages put theirs. */
  public static Optional<Path> home(int version) {
    if (Runtime.version().feature() == version) {
      return Optional.of(Path.of(System.getProperty("java.home")));
    }
    if (!Files.isDirectory(INSTALLED)) {
      return Optional.empty();
    }
    String named = ".*\\b" + version + "\\b.*";
    try (Stream<Path> homes = Files.list(INSTALLED)) {
      return homes
          .filter(home -> home.getFileName().toString().matches(named))
          .filter(home -> Files.isExecutable(home.resolve("bin/java")))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
