package io.tribescope.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The comparison's options; the script prints what they mean. The script also runs this file as it
 * stands, to refuse a bad option before it builds anything: nothing but the JDK can be used here.
 */
final class CompareOptions {
  static final int BAD_OPTION = 2;

  /** The options that take one value, with their defaults. */
  static final Map<String, String> DEFAULTS =
      Map.of(
          "--rounds", "10",
          "--others", "3",
          "--seconds", "30",
          "--warm-up", "30",
          "--recording-samples", "10000",
          "--output", "-");

  /** The option that can be repeated. */
  static final String AGENT = "--agent";

  private static final List<String> RESERVED =
      List.of("none", "Tribescope", "jmx_exporter", "OpenTelemetry");

  private final Map<String, String> values = new HashMap<>(DEFAULTS);
  private final List<NamedAgent> agents = new ArrayList<>();

  /**
   * Another Tribescope agent that is to be compared.
   *
   * @param options of the agent's, may be empty
   */
  record NamedAgent(String name, Path jar, String options) {}

  private CompareOptions() {}

  /**
   * Ends with exit code 2 and one line when they are bad; otherwise prints what Maven has to be
   * told for them.
   */
  public static void main(String[] arguments) {
    try {
      if (parse(arguments).others() > 0) {
        System.out.println("-Pother-agents");
      }
    } catch (IllegalArgumentException e) {
      System.err.println("bench/compare: " + e.getMessage() + "; see bench/compare --help");
      System.exit(BAD_OPTION);
    }
  }

  /**
   * Reads the options and checks them.
   *
   * @throws IllegalArgumentException with one line for the user
   */
  static CompareOptions parse(String... arguments) {
    CompareOptions options = new CompareOptions();
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
    if (!DEFAULTS.containsKey(name) && !name.equals(AGENT)) {
      throw new IllegalArgumentException("unknown option '%s'".formatted(argument));
    }
    if (equals < 0 && !rest.hasNext()) {
      throw new IllegalArgumentException(name + ": its value is missing");
    }
    String value = equals < 0 ? rest.next() : argument.substring(equals + 1);
    if (name.equals(AGENT)) {
      agents.add(agent(value));
    } else {
      values.put(name, value);
    }
  }

  private NamedAgent agent(String value) {
    String[] parts = value.split("=", 3);
    if (parts.length < 2 || !parts[0].matches("[A-Za-z0-9][A-Za-z0-9 ._-]{0,29}")) {
      throw new IllegalArgumentException(
          "--agent: '%s' is no NAME=JAR or NAME=JAR=OPTIONS, such as before=/tmp/old-agent.jar"
              .formatted(value));
    }
    String name = parts[0];
    if (RESERVED.contains(name) || agents.stream().anyMatch(other -> other.name().equals(name))) {
      throw new IllegalArgumentException("--agent: the name '%s' is taken".formatted(name));
    }
    Path jar = Path.of(parts[1]).toAbsolutePath();
    checkJar(jar);
    return new NamedAgent(name, jar, parts.length == 3 ? parts[2] : "");
  }

  private static void checkJar(Path path) {
    try (JarFile jar = new JarFile(path.toFile())) {
      Manifest manifest = jar.getManifest();
      if (manifest == null
          || !String.valueOf(manifest.getMainAttributes().getValue("Premain-Class"))
              .startsWith("io.tribescope.")) {
        throw new IllegalArgumentException("--agent: %s is no Tribescope agent".formatted(path));
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--agent: cannot read %s as a jar: %s".formatted(path, e.getMessage()), e);
    }
  }

  private void check() {
    within("--rounds", 1, 50);
    within("--others", 0, 50);
    within("--seconds", 1, 600);
    within("--warm-up", 0, 600);
    within("--recording-samples", 0, 100_000);
    if (others() > rounds()) {
      throw new IllegalArgumentException(
          "--others: %d are more than the %d of --rounds".formatted(others(), rounds()));
    }
    if (!toStandardOutput()) {
      Path directory = output().getParent();
      if (directory == null || !Files.isDirectory(directory) || Files.isDirectory(output())) {
        throw new IllegalArgumentException(
            "--output: %s is no file in a directory that exists".formatted(output()));
      }
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

  /** How often none and every Tribescope agent run. */
  int rounds() {
    return number("--rounds");
  }

  /** In how many of the rounds the agents of others run, too. */
  int others() {
    return number("--others");
  }

  /** How long the load of a run is measured. */
  int seconds() {
    return number("--seconds");
  }

  /** How long a run is under load before that. */
  int warmUp() {
    return number("--warm-up");
  }

  /** How many samples a recording is to have; 0 for no recording. */
  int recordingSamples() {
    return number("--recording-samples");
  }

  /** Tribescope agents that are compared beside the one that was built. */
  List<NamedAgent> agents() {
    return List.copyOf(agents);
  }

  boolean toStandardOutput() {
    return text("--output").equals("-");
  }

  /** Where the page is written, unless it goes to standard output. */
  Path output() {
    return Path.of(text("--output")).toAbsolutePath();
  }
}
