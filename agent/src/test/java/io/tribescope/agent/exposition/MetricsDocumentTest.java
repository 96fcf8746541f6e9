package io.tribescope.agent.exposition;

import static java.util.stream.Collectors.joining;

import io.tribescope.agent.exposition.Metric.Kind;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The document says of the agent what the code says, and all of it. */
class MetricsDocumentTest {
  /** Said once, above the table of those that have them. */
  private static final Set<String> OF_A_CHANNEL = Set.of("cluster", "observer");

  @Test
  void metricsOfAChannel() throws IOException {
    MetricsDocument.assertSection("cluster", table(MetricsDocumentTest::isOfAChannel));
  }

  @Test
  void agentsOwnMetrics() throws IOException {
    MetricsDocument.assertSection("agent", table(metric -> !isOfAChannel(metric)));
  }

  @Test
  void costs() throws IOException {
    MetricsDocument.assertSection(
        "costs",
        Arrays.stream(Cost.values())
            .map(cost -> "- **" + lowerCase(cost) + "**: " + cost.meaning + ".\n")
            .collect(joining()));
  }

  @Test
  void basicsOfTheJvm() throws IOException {
    MetricsDocument.assertSection("jvm", JvmTable.text());
  }

  private static boolean isOfAChannel(Descriptor metric) {
    return metric.labels.keySet().containsAll(OF_A_CHANNEL);
  }

  private static String table(Predicate<Descriptor> which) {
    return "| Metric | Type | Labels | Meaning | Good | Cost | Series |\n|---|---|---|---|---|---|---|\n"
        + Metric.all().stream()
            .map(Metric::descriptor)
            .filter(which)
            .map(MetricsDocumentTest::row)
            .collect(joining());
  }

  private static String row(Descriptor metric) {
    return "|`%s`|%s|%s|%s|%s|%s|%s|\n"
        .formatted(
            exposedName(metric),
            lowerCase(metric.kind),
            labels(metric),
            (metric.meaning + " " + metric.absence).strip(),
            metric.good,
            lowerCase(metric.cost),
            series(metric));
  }

  private static String exposedName(Descriptor metric) {
    return metric.baseName
        + (metric.kind == Kind.COUNTER ? "_total" : metric.kind == Kind.INFO ? "_info" : "");
  }

  private static String labels(Descriptor metric) {
    return metric.labels.entrySet().stream()
        .filter(label -> !OF_A_CHANNEL.contains(label.getKey()))
        .map(label -> "`" + label.getKey() + "`" + values(label.getValue()))
        .collect(joining("; "));
  }

  private static String values(Set<String> values) {
    return values.isEmpty() ? "" : ": " + String.join(", ", values);
  }

  /** At most so many on one channel: "8 a member". */
  private static String series(Descriptor metric) {
    // A histogram has a series for each bound, the sum and the count.
    int number = metric.kind == Kind.HISTOGRAM ? metric.buckets + 2 : 1;
    StringBuilder each = new StringBuilder();
    for (var label : metric.labels.entrySet()) {
      if (!label.getValue().isEmpty()) {
        number *= label.getValue().size();
      } else if (!metric.descriptive.contains(label.getKey())
          && !OF_A_CHANNEL.contains(label.getKey())) {
        each.append(" a ").append(label.getKey());
      }
    }
    return number + each.toString();
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
