package io.tribescope.dashboards;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of {@code dashboards/prometheus}. Stateless, so safe for use by many threads. */
public final class RuleFiles {
  private RuleFiles() {}

  /**
   * The rule files, sorted by name.
   *
   * @param dashboards the directory {@code dashboards} of this project
   * @throws UncheckedIOException when the directory cannot be listed
   */
  public static List<Path> rules(Path dashboards) {
    return listed(dashboards.resolve("prometheus"), ".rules.yml");
  }

  /**
   * The unit tests of the rules, for {@code promtool test rules}, sorted by name.
   *
   * @param dashboards the directory {@code dashboards} of this project
   * @throws UncheckedIOException when the directory cannot be listed
   */
  public static List<Path> tests(Path dashboards) {
    return listed(dashboards.resolve("prometheus/tests"), ".yml");
  }

  static List<Path> listed(Path directory, String suffix) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + directory, e);
    }
  }
}
