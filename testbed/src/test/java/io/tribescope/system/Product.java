package io.tribescope.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/** The finished jars and files, as users get them. */
public final class Product {
  public static final Path ROOT =
      Path.of(System.getProperty("tribescope.root", "..")).toAbsolutePath().normalize();

  public static final Path AGENT = built("agent/target/tribescope-agent.jar");
  public static final Path EXPORTER = built("exporter/target/tribescope-exporter.jar");

  private Product() {}

  private static Path built(String path) {
    Path file = ROOT.resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing: build it first, with mvn package");
    }
    return file;
  }

  /** A library that the build put aside for tests. */
  public static Path library(String name) {
    return built("testbed/target/libraries/" + name);
  }

  /** All libraries of such a directory. */
  public static List<Path> libraries(String directory) {
    try (Stream<Path> list = Files.list(ROOT.resolve("testbed/target/libraries/" + directory))) {
      return list.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The agent's jar without one of its classes.
   *
   * @param entry below {@code io/tribescope/agent/}
   */
  public static Path agentWithout(String entry, Path copy) {
    try {
      Files.copy(AGENT, copy, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem jar = FileSystems.newFileSystem(copy)) {
        String root = entry.endsWith(".classdata") ? "/isolated/" : "/";
        Files.delete(jar.getPath(root + "io/tribescope/agent/" + entry));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + copy, e);
    }
    return copy;
  }
}
