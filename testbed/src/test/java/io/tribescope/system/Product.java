package io.tribescope.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** The finished jars and files, as users get them. */
final class Product {
  private static final Path ROOT = Path.of(System.getProperty("tribescope.root", ".."));

  static final Path AGENT = built("agent/target/tribescope-agent.jar");
  static final Path EXPORTER = built("exporter/target/tribescope-exporter.jar");

  private Product() {}

  private static Path built(String path) {
    Path file = ROOT.resolve(path).toAbsolutePath().normalize();
    if (!Files.isRegularFile(file)) {
      throw new IllegalStateException(file + " is missing: build it first, with mvn package");
    }
    return file;
  }
}
