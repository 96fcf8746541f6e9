package io.tribescope.testbed.clients;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of an answer in Prometheus' text format (0.0.4) or OpenMetrics. Immutable. */
public final class Scrape {
  private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");

  private final List<Sample> samples;
  private final Map<String, String> types;

  private Scrape(List<Sample> samples, Map<String, String> types) {
    this.samples = List.copyOf(samples);
    this.types = Map.copyOf(types);
  }

  /**
   * Parses an answer.
   *
   * @throws IllegalArgumentException with the line that is neither comment nor sample
   */
  public static Scrape parse(String text) {
    List<Sample> samples = new ArrayList<>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> samples.add(new Line(line).sample()));
    Map<String, String> types = new LinkedHashMap<>();
    text.lines()
        .map(TYPE::matcher)
        .filter(Matcher::matches)
        .forEach(type -> types.put(type.group(1), type.group(2)));
    return new Scrape(samples, types);
  }

  /** All samples, in their order. */
  public List<Sample> samples() {
    return samples;
  }

  /** The type of each family, by the name that its TYPE line gives it. */
  public Map<String, String> types() {
    return types;
  }

  /**
   * The samples with that name and, among others, those labels.
   *
   * @param labels name, value, name, value...
   */
  public List<Sample> samples(String name, String... labels) {
    if (labels.length % 2 != 0) {
      throw new IllegalArgumentException("a label without a value: " + List.of(labels));
    }
    return samples.stream()
        .filter(sample -> sample.name().equals(name) && sample.has(labels))
        .toList();
  }

  /** The value of the only sample with that name and, among others, those labels. */
  public double value(String name, String... labels) {
    List<Sample> found = samples(name, labels);
    if (found.size() != 1) {
      throw new AssertionError(
          "%s samples are %s; all of that name: %s"
              .formatted(found.isEmpty() ? "no" : "several", wanted(name, labels), samples(name)));
    }
    return found.get(0).value();
  }

  /** The sum over all samples with that name and those labels, of which there is at least one. */
  public double sum(String name, String... labels) {
    if (absent(name, labels)) {
      throw new AssertionError(
          "no samples are %s; all of that name: %s".formatted(wanted(name, labels), samples(name)));
    }
    return samples(name, labels).stream().mapToDouble(Sample::value).sum();
  }

  /** Whether there is no sample with that name and those labels. */
  public boolean absent(String name, String... labels) {
    return samples(name, labels).isEmpty();
  }

  /** Reads a value as Prometheus writes it. */
  public static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static String wanted(String name, String[] labels) {
    return name + List.of(labels);
  }

  /** One line being read. */
  private static final class Line {
    private final String line;
    private int at;

    Line(String line) {
      this.line = line;
    }

    Sample sample() {
      String name = until("{ ");
      Map<String, String> labels = new LinkedHashMap<>();
      if (peek() == '{') {
        at++;
        labels(labels);
      }
      skipSpaces();
      try {
        return new Sample(name, Map.copyOf(labels), number(until(" ")));
      } catch (NumberFormatException e) {
        throw bad();
      }
    }

    private void labels(Map<String, String> labels) {
      skipSpaces();
      while (peek() != '}') {
        String label = until("=");
        at++;
        labels.put(label.strip(), quoted());
        skipSpaces();
        if (peek() == ',') {
          at++;
        }
        skipSpaces();
      }
      at++;
    }

    private String quoted() {
      if (peek() != '"') {
        throw bad();
      }
      at++;
      StringBuilder value = new StringBuilder();
      while (peek() != '"') {
        char c = peek();
        at++;
        if (c == '\\') {
          c = peek();
          at++;
          value.append(c == 'n' ? '\n' : c);
        } else {
          value.append(c);
        }
      }
      at++;
      return value.toString();
    }

    private String until(String ends) {
      int start = at;
      while (at < line.length() && ends.indexOf(line.charAt(at)) < 0) {
        at++;
      }
      if (at == start) {
        throw bad();
      }
      return line.substring(start, at);
    }

    private void skipSpaces() {
      while (at < line.length() && line.charAt(at) == ' ') {
        at++;
      }
    }

    private char peek() {
      if (at >= line.length()) {
        throw bad();
      }
      return line.charAt(at);
    }

    private IllegalArgumentException bad() {
      return new IllegalArgumentException("not a sample: " + line);
    }
  }
}
