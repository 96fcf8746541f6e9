package io.tribescope.agent.exposition;

import static java.util.stream.Collectors.joining;

import io.tribescope.agent.exposition.Metric.Kind;
import io.tribescope.agent.recording.Durations;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The document says of the agent what the code says, and all of it. */
class MetricsDocumentTest {
  @Test
  void agentsMetrics() throws IOException {
    MetricsDocument.assertSection(
        "agent",
        "| Metric | Type | Labels | Meaning | Good | Cost | Series |\n|---|---|---|---|---|---|---|\n"
            + Arrays.stream(Metric.values()).map(m -> row(m.descriptor)).collect(joining()));
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
        .map(label -> "`" + label.getKey() + "`" + values(label.getValue()))
        .collect(joining("; "));
  }

  private static String values(Set<String> values) {
    return values.isEmpty() ? "" : ": " + String.join(", ", values);
  }

  /** At most so many on one channel: "8 a member". */
  private static String series(Descriptor metric) {
    // A histogram has a series for each bound, the sum and the count.
    int number = metric.kind == Kind.HISTOGRAM ? Durations.boundsSeconds().length + 2 : 1;
    StringBuilder each = new StringBuilder();
    for (var label : metric.labels.entrySet()) {
      if (!label.getValue().isEmpty()) {
        number *= label.getValue().size();
      } else if (!metric.descriptive.contains(label.getKey()) && !isOwn(label.getKey())) {
        each.append(" a ").append(label.getKey());
      }
    }
    return number + each.toString();
  }

  private static boolean isOwn(String label) {
    return label.equals("cluster") || label.equals("observer");
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
