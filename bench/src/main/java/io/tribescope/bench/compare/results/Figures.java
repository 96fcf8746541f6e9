package io.tribescope.bench.compare.results;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The page's tables of what the runs measured. */
record Figures(List<Subject> subjects, String none, List<Run> runs) {
  /** What each agent measured, whatever ran beside it. */
  String medians() {
    Table table =
        new Table(
            "Agent",
            "Runs",
            Measure.READY.titleWithUnit(),
            Measure.CPU.titleWithUnit(),
            "the sender's part",
            Measure.P99.titleWithUnit(),
            Measure.RESIDENT.titleWithUnit(),
            "Requests a second");
    for (Subject subject : subjects) {
      List<Run> its = runs.stream().filter(run -> run.agent().equals(subject.name())).toList();
      if (!its.isEmpty()) {
        table.row(
            subject.name(),
            Integer.toString(its.size()),
            spread(its, Measure.READY),
            spread(its, Measure.CPU),
            spread(its, run -> run.cpu().sender(), Measure.CPU),
            spread(its, Measure.P99),
            spread(its, Measure.RESIDENT),
            whole(median(its, Run::requests)));
      }
    }
    return table.toString();
  }

  private static String spread(List<Run> runs, Measure measure) {
    return spread(runs, measure::of, measure);
  }

  private static String spread(List<Run> runs, ToDoubleFunction<Run> figure, Measure unit) {
    Distribution values = Distribution.of(runs.stream().map(figure::applyAsDouble).toList());
    return "%s (%s to %s)"
        .formatted(
            unit.format(values.median()), unit.format(values.q1()), unit.format(values.q3()));
  }

  private static double median(List<Run> runs, ToDoubleFunction<Run> figure) {
    return Distribution.of(runs.stream().map(figure::applyAsDouble).toList()).median();
  }

  /** Each agent against none, pair by pair, beside the targets. */
  String comparisons() {
    Table table = new Table("", "Agent", "Pairs", "Median", "Interval", "At most", "");
    for (Measure measure : Measure.values()) {
      for (Subject subject : subjects) {
        Comparison comparison = Comparison.of(subject.name(), none, runs);
        if (!subject.name().equals(none) && !comparison.pairs().isEmpty()) {
          compare(table, measure, subject, comparison.by(measure));
        }
      }
    }
    return table.toString();
  }

  private static void compare(Table table, Measure measure, Subject subject, Distribution values) {
    table.row(
        measure.title() + (measure.isRatio() ? ", times that of none" : ", more than none"),
        subject.name(),
        Integer.toString(values.number()),
        measure.formatComparison(values.median()),
        interval(measure, values),
        subject.ours() ? measure.formatComparison(measure.target()) : "",
        subject.ours() ? verdict(values.median() <= measure.target()) : "");
  }

  private static String interval(Measure measure, Distribution values) {
    if (values.number() == 1) {
      return "none from one pair";
    }
    return "%s to %s (%s %%)"
        .formatted(
            measure.formatComparison(values.low()),
            measure.formatComparison(values.high()),
            whole(100 * values.confidence()));
  }

  static String verdict(boolean met) {
    return met ? "met" : "**missed**";
  }

  /** Every run as it was, in the order in which they ran. */
  String everyRun() {
    Table table =
        new Table(
            "Round",
            "Agent",
            "Ready after, s",
            "CPU a request, µs",
            "p99, ms",
            "Resident, MiB",
            "Requests a second",
            "Load's CPU a request, µs",
            "Cores busy",
            "elsewhere",
            "stolen");
    for (Run run : runs) {
      table.row(
          Integer.toString(run.round()),
          run.agent(),
          pair(Measure.READY, run.ready()),
          pair(Measure.CPU, run.cpu()),
          Measure.P99.format(run.p99()),
          pair(Measure.RESIDENT, run.resident()),
          whole(run.requests()),
          whole(run.usage().load()),
          percent(run.usage().busy()),
          percent(run.usage().elsewhere()),
          percent(run.usage().stolen()));
    }
    return table.toString();
  }

  private static String pair(Measure measure, Run.Pair pair) {
    return measure.format(pair.sender()) + ", " + measure.format(pair.receiver());
  }

  private static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  private static String percent(double share) {
    return whole(100 * share) + " %";
  }
}
