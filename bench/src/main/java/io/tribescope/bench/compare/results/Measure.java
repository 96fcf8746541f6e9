package io.tribescope.bench.compare.results;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is measured, how two agents are compared by it, and what was aimed at. */
@SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
public enum Measure {
  READY("Ready after", "s", 2, run -> run.ready().mean(), false, 0.5),
  CPU("CPU a request", "µs", 0, run -> run.cpu().sum(), true, 1.05),
  P99("p99 of request time", "ms", 2, Run::p99, true, 1.10),
  RESIDENT("Resident memory", "MiB", 0, run -> run.resident().mean(), false, 25);

  private final String title;
  private final String unit;
  private final int digits;
  private final ToDoubleFunction<Run> figure;
  private final boolean ratio;
  private final double target;

  Measure(
      String title,
      String unit,
      int digits,
      ToDoubleFunction<Run> figure,
      boolean ratio,
      double target) {
    this.title = title;
    this.unit = unit;
    this.digits = digits;
    this.figure = figure;
    this.ratio = ratio;
    this.target = target;
  }

  String title() {
    return title;
  }

  String titleWithUnit() {
    return title + ", " + unit;
  }

  double of(Run run) {
    return figure.applyAsDouble(run);
  }

  /** A figure of one run, or of several, without its unit. */
  String format(double value) {
    return String.format(Locale.ROOT, "%." + digits + "f", value);
  }

  /** How many times the figure of another run it is, or how much more. */
  double compare(Run run, Run other) {
    return ratio ? of(run) / of(other) : of(run) - of(other);
  }

  /** What {@link #compare} tells, or the target: {@code 1.17} or {@code +0.50 s}. */
  String formatComparison(double value) {
    return ratio
        ? String.format(Locale.ROOT, "%.3f", value)
        : String.format(Locale.ROOT, "%+." + Math.max(1, digits) + "f %s", value, unit);
  }

  boolean isRatio() {
    return ratio;
  }

  /** At most this is aimed at, of what {@link #compare} tells. */
  double target() {
    return target;
  }
}
