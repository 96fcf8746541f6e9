package io.tribescope.testbed.demo;

import java.time.Duration;
import picocli.CommandLine.Option;

/** The demo's options; the script prints what they mean. */
final class DemoOptions {
  @Option(names = "--story")
  boolean story;

  @Option(names = "--nodes", defaultValue = "3")
  int nodes;

  @Option(names = "--tomcat", defaultValue = "9.0.117")
  String tomcat = "";

  @Option(names = "--send-options", defaultValue = "8")
  int sendOptions;

  @Option(names = "--sessions", defaultValue = "60")
  int sessions;

  @Option(names = "--rate", defaultValue = "30")
  int rate;

  @Option(names = "--minutes", defaultValue = "60")
  int minutes;

  @Option(names = "--keep")
  boolean keep;

  /** How long the demo runs; a story ends by itself, long before. */
  Duration duration() {
    return story ? Duration.ofHours(1) : Duration.ofMinutes(minutes);
  }

  /**
   * Checks what the types do not.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  void check() {
    within("--nodes", nodes, 2, 8);
    within("--send-options", sendOptions, 0, 255);
    within("--sessions", sessions, 1, 10_000);
    within("--rate", rate, 1, 500);
    within("--minutes", minutes, 1, 10_080);
    if (!tomcat.matches("(8\\.5|9\\.0|10\\.1|11\\.0)\\.\\d+")) {
      throw new IllegalArgumentException(
          "--tomcat: '%s' is no released 8.5, 9.0, 10.1 or 11.0, such as 9.0.117"
              .formatted(tomcat));
    }
  }

  private static void within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s: %d is not within %d and %d".formatted(name, value, least, most));
    }
  }
}
