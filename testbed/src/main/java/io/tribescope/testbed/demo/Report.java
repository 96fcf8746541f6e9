package io.tribescope.testbed.demo;

import io.tribescope.testbed.demo.Step.Outcome;
import io.tribescope.testbed.demo.Watch.Sighting;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Tells each step as it happens, and all of them as a table at the end. */
final class Report {
  private final PrintStream out;
  private final List<Step> steps = new ArrayList<>();

  Report(PrintStream out) {
    this.out = out;
  }

  /** Says what is being done now. */
  void say(String what) {
    out.printf("%n== %s%n", what);
  }

  /** Adds what was waited for, as the last observation shows it; returns whether it was seen. */
  boolean step(
      String name, String expected, Sighting sighting, Function<Observation, String> observed) {
    return step(
        name, expected, observed.apply(sighting.last()), sighting.passed(), sighting.seen());
  }

  /** Adds what took that time since the act; returns whether it was as expected. */
  boolean step(String name, String expected, String observed, Duration passed, boolean asExpected) {
    String seconds = Long.toString(passed.toSeconds());
    return add(new Step(name, expected, observed, seconds, outcome(asExpected)));
  }

  /** Adds what could be seen at once; returns whether it was as expected. */
  boolean step(String name, String expected, String observed, boolean asExpected) {
    return add(new Step(name, expected, observed, "", outcome(asExpected)));
  }

  /** Adds what this machine cannot show. */
  void cannot(String name, String expected, String why) {
    add(new Step(name, expected, why, "", Outcome.IMPOSSIBLE));
  }

  private static Outcome outcome(boolean seen) {
    return seen ? Outcome.OBSERVED : Outcome.MISSED;
  }

  private boolean add(Step step) {
    steps.add(step);
    out.printf(
        "%s: %s%s: %s%n",
        step.outcome().word(),
        step.name(),
        step.seconds().isEmpty() ? "" : " after " + step.seconds() + " s",
        step.observed());
    return step.outcome() == Outcome.OBSERVED;
  }

  /** Prints the table and returns the exit code that it stands for. */
  int summarize() {
    out.println();
    table().forEach(out::println);
    long missed = count(Outcome.MISSED);
    long impossible = count(Outcome.IMPOSSIBLE);
    out.printf(
        "%n%d of %d steps observed, %d missed, %d not possible on this machine.%n",
        count(Outcome.OBSERVED), steps.size(), missed, impossible);
    return missed > 0 ? 1 : impossible > 0 ? 2 : 0;
  }

  private long count(Outcome outcome) {
    return steps.stream().filter(step -> step.outcome() == outcome).count();
  }

  List<String> table() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("", "Step", "Expected", "Observed", "Seconds"));
    for (Step step : steps) {
      rows.add(
          List.of(
              step.outcome().word(),
              step.name(),
              step.expected(),
              step.observed(),
              step.seconds()));
    }
    int[] widths =
        IntStream.range(0, rows.get(0).size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    return IntStream.range(0, widths.length)
        .mapToObj(column -> pad(row.get(column), widths[column]))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
