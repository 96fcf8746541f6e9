package io.tribescope.bench.compare.results;

import java.util.Locale;
import java.util.Map;

/** The page's section on the flight recordings. */
record RecordedShares(Map<String, Samples> byAgent) {
  private static final double TARGET = 0.02;
  private static final int ENOUGH = 10_000;
  private static final int METHODS = 10;
  private static final String INLINED =
      """

      An advice's own code is inlined into Tomcat's methods and has no frame: its share is in none of
      these samples, but it is in the CPU above. What an advice calls has frames, of `io.tribescope`.
      """;

  String text() {
    if (byAgent.isEmpty()) {
      return "No recording was asked for.\n";
    }
    Table shares =
        new Table(
            "Agent",
            "Samples",
            "With a frame of ours",
            "Share",
            "At most",
            "",
            "The probe's, apart");
    byAgent.forEach((agent, samples) -> share(shares, agent, samples));
    StringBuilder text = new StringBuilder(shares.toString());
    byAgent.forEach((agent, samples) -> methods(text, agent, samples));
    return text.append(INLINED).toString();
  }

  private static void share(Table table, String agent, Samples samples) {
    table.row(
        agent,
        Integer.toString(samples.total()),
        Integer.toString(samples.ours()),
        samples.total() == 0 ? "" : percent(samples.share()),
        percent(TARGET),
        samples.total() < ENOUGH
            ? "too few samples to tell"
            : Figures.verdict(samples.share() <= TARGET),
        Integer.toString(samples.probe()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private static void methods(StringBuilder text, String agent, Samples samples) {
    if (samples.truncated() > 0) {
      text.append(
          "\nOf %s %d stacks were too deep to be recorded whole.\n"
              .formatted(agent, samples.truncated()));
    }
    Map<String, Integer> methods = samples.methods(METHODS);
    if (!methods.isEmpty()) {
      Table table = new Table("Innermost frame of ours, " + agent, "Samples");
      methods.forEach((method, count) -> table.row("`" + method + "`", Integer.toString(count)));
      text.append('\n').append(table);
    }
  }
}
