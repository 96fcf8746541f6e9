package io.tribescope.testbed.demo;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/**
 * The demo's options; the script prints what they mean. The script also runs this file as it
 * stands, to refuse a bad option before it installs or builds anything: nothing but the JDK can be
 * used here.
 */
final class DemoOptions {
  static final int BAD_OPTION = 2;

  static final Set<String> FLAGS = Set.of("--story", "--keep");
  static final Map<String, String> DEFAULTS =
      Map.of(
          "--nodes", "3",
          "--tomcat", "9.0.117",
          "--send-options", "8",
          "--sessions", "60",
          "--rate", "30",
          "--minutes", "60");

  private final Set<String> flags = new HashSet<>();
  private final Map<String, String> values = new HashMap<>(DEFAULTS);

  private DemoOptions() {}

  /** Ends with exit code 2 and one line when they are bad; otherwise does nothing. */
  public static void main(String[] arguments) {
    try {
      parse(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("demo: " + e.getMessage() + "; see ./demo --help");
      System.exit(BAD_OPTION);
    }
  }

  /**
   * Reads the options and checks them.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  static DemoOptions parse(String... arguments) {
    DemoOptions options = new DemoOptions();
    Iterator<String> rest = Arrays.asList(arguments).iterator();
    while (rest.hasNext()) {
      options.add(rest.next(), rest);
    }
    options.check();
    return options;
  }

  private void add(String argument, Iterator<String> rest) {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    if (FLAGS.contains(argument)) {
      flags.add(argument);
    } else if (!DEFAULTS.containsKey(name)) {
      throw new IllegalArgumentException("unknown option '%s'".formatted(argument));
    } else if (equals >= 0) {
      values.put(name, argument.substring(equals + 1));
    } else if (rest.hasNext()) {
      values.put(name, rest.next());
    } else {
      throw new IllegalArgumentException(name + ": its value is missing");
    }
  }

  private void check() {
    within("--nodes", 2, 8);
    within("--send-options", 0, 255);
    within("--sessions", 1, 10_000);
    within("--rate", 1, 500);
    within("--minutes", 1, 10_080);
    if (!tomcat().matches("(8\\.5|9\\.0|10\\.1|11\\.0)\\.\\d+")) {
      throw new IllegalArgumentException(
          "--tomcat: '%s' is no released 8.5, 9.0, 10.1 or 11.0, such as 9.0.117"
              .formatted(tomcat()));
    }
    if (story()) {
      checkStory();
    }
  }

  /** What the story expects to see is true of asynchronous replication and of users everywhere. */
  private void checkStory() {
    if (sendOptions() != 8) {
      throw new IllegalArgumentException(
          "--send-options: %d does not go with --story, which is told of 8 only"
              .formatted(sendOptions()));
    }
    if (sessions() < 2 * nodes()) {
      throw new IllegalArgumentException(
          "--sessions: %d are too few for --story, whose %d nodes all need users: at least %d"
              .formatted(sessions(), nodes(), 2 * nodes()));
    }
  }

  private void within(String name, int least, int most) {
    String value = text(name);
    if (!value.matches("-?\\d{1,9}")) {
      throw new IllegalArgumentException("%s: '%s' is no whole number".formatted(name, value));
    }
    if (number(name) < least || number(name) > most) {
      throw new IllegalArgumentException(
          "%s: %s is not within %d and %d".formatted(name, value, least, most));
    }
  }

  private String text(String name) {
    return values.getOrDefault(name, "");
  }

  private int number(String name) {
    return Integer.parseInt(text(name));
  }

  boolean story() {
    return flags.contains("--story");
  }

  boolean keep() {
    return flags.contains("--keep");
  }

  int nodes() {
    return number("--nodes");
  }

  String tomcat() {
    return text("--tomcat");
  }

  int sendOptions() {
    return number("--send-options");
  }

  int sessions() {
    return number("--sessions");
  }

  int rate() {
    return number("--rate");
  }

  int minutes() {
    return number("--minutes");
  }

  /** How long the demo runs; a story ends by itself, long before. */
  Duration duration() {
    return story() ? Duration.ofHours(1) : Duration.ofMinutes(minutes());
  }
}
