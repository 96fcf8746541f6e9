package io.tribescope.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A version of Ehcache with what it needs, as the build of the test bed fetched it, and the program
 * that runs its managers, compiled against it.
 *
 * @param classPath of a JVM with caches
 */
record CacheHome(List<Path> classPath) {
  static final String PROGRAM = "CacheProgram";

  private static final Path LIBRARIES = Checkout.path("testbed/target/libraries/ehcache");

  /**
   * Compiles the program.
   *
   * @param version such as 2.10.9.2
   * @param directory for the program, not there yet
   */
  static CacheHome of(String version, Path directory) {
    Path jars = LIBRARIES.resolve(version);
    if (!Files.isDirectory(jars)) {
      throw new TestBedException(
          "no Ehcache %s in %s, where testbed/pom.xml puts those it names"
              .formatted(version, LIBRARIES));
    }
    try {
      List<Path> classPath = new ArrayList<>();
      classPath.addAll(jars(jars));
      classPath.addAll(jars(LIBRARIES.resolve("logging")));
      Files.createDirectories(directory);
      String source = PROGRAM + ".java";
      JavaSource.compile(Map.of(source, JavaSource.read(source)), classPath, directory);
      classPath.add(0, directory);
      return new CacheHome(classPath);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile the program of the caches", e);
    }
  }

  private static List<Path> jars(Path directory) throws IOException {
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList();
    }
  }
}
