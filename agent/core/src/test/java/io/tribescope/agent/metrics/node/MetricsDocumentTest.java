package io.tribescope.agent.metrics.node;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tribescope.agent.metrics.Cost;
import io.tribescope.agent.metrics.Descriptor;
import io.tribescope.agent.metrics.Metric;
import io.tribescope.agent.metrics.Metric.Kind;
import io.tribescope.agent.metrics.caches.CacheMetric;
import io.tribescope.agent.metrics.cluster.ClusterMetric;
import io.tribescope.agent.metrics.sessions.SessionMetric;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document says of the agent what the code says, and all of it. */
class MetricsDocumentTest {
  /** Said once, above the table of those that have them. */
  private static final Set<String> OF_A_CHANNEL = Set.of("cluster", "observer");

  /** The sections of {@code docs/metrics.md}, each of subjects whose common labels are the same. */
  static Stream<Arguments> sections() {
    return Stream.of(
        arguments("cluster", of(ClusterMetric.values(), SessionMetric.values())),
        arguments("caches", of(CacheMetric.values())),
        arguments("data sources", of(DataSourceMetric.values())),
        arguments("agent", of(AgentMetric.values())));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyMetricOfASubject(String section, List<Metric> metrics) throws IOException {
    MetricsDocument.assertSection(section, table(metrics));
  }

  /** A section's metrics agree in which of the labels that are said above their table they have. */
  @ParameterizedTest
  @MethodSource("sections")
  void whatIsSaidAboveATableIsTrueOfAll(String section, List<Metric> metrics) {
    Set<String> common =
        switch (section) {
          case "cluster" -> OF_A_CHANNEL;
          case "caches" -> Set.of("cluster");
          default -> Set.of();
        };
    assertThat(metrics)
        .allSatisfy(
            metric ->
                assertThat(metric.descriptor().labels.keySet())
                    .filteredOn(OF_A_CHANNEL::contains)
                    .containsExactlyInAnyOrderElementsOf(common));
  }

  @Test
  void noMetricIsInNoSection() {
    assertThat(sections().flatMap(section -> ((List<?>) section.get()[1]).stream()).toList())
        .isEqualTo(MetricTest.all().toList());
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

  private static List<Metric> of(Metric[]... subjects) {
    return Arrays.stream(subjects).flatMap(Arrays::stream).toList();
  }

  private static String table(List<Metric> metrics) {
    return "| Metric | Type | Labels | Meaning | Good | Cost | Series |\n|---|---|---|---|---|---|---|\n"
        + metrics.stream().map(Metric::descriptor).map(MetricsDocumentTest::row).collect(joining());
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
