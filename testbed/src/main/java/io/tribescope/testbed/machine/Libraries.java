package io.tribescope.testbed.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the programs of the test bed need: jars that its build fetched. */
public final class Libraries {
  private static final Path ROOT = Checkout.path("testbed/target/libraries");

  private Libraries() {}

  /**
   * All jars of some directories.
   *
   * @param directories such as {@code ehcache/2.10.9.2}
   */
  public static List<Path> jars(String... directories) {
    List<Path> jars = new ArrayList<>();
    for (String directory : directories) {
      try (Stream<Path> list = Files.list(ROOT.resolve(directory))) {
        list.sorted().forEach(jars::add);
      } catch (IOException e) {
        throw new TestBedException(
            "no %s in %s, where testbed/pom.xml puts what it names".formatted(directory, ROOT), e);
      }
    }
    return jars;
  }

  /**
   * Compiles a program of the test bed's resources.
   *
   * @param beside the class that its source lies beside
   * @param directory for it, not there yet
   * @return the class path to run it with
   */
  public static List<Path> program(Class<?> beside, String name, List<Path> jars, Path directory) {
    try {
      Files.createDirectories(directory);
      String source = name + ".java";
      JavaSource.compile(Map.of(source, JavaSource.read(beside, source)), jars, directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile " + name, e);
    }
    List<Path> classPath = new ArrayList<>(jars);
    classPath.add(0, directory);
    return classPath;
  }
}
