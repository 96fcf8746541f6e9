package io.tribescope.agent.metrics.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.metrics.Declared;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.MetricFamily.Label;
import io.tribescope.metrics.MetricsDocument;
import java.io.IOException;
import java.util.List;
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
        arguments("cluster", FamiliesTest.CLUSTER, OF_A_CHANNEL),
        arguments("caches", FamiliesTest.CACHES, Set.of("cluster")),
        arguments("data sources", FamiliesTest.DATA_SOURCES, Set.of()),
        arguments("agent", FamiliesTest.AGENT, Set.of()));
  }

  @ParameterizedTest
  @MethodSource("sections")
  void everyMetricOfASubject(String section, Class<?>[] owners, Set<String> saidAbove)
      throws IOException {
    MetricsDocument.assertSection(section, MetricsDocument.table(Declared.in(owners), saidAbove));
  }

  /** A section's metrics agree in which of the labels that are said above their table they have. */
  @ParameterizedTest
  @MethodSource("sections")
  void whatIsSaidAboveATableIsTrueOfAll(String section, Class<?>[] owners, Set<String> saidAbove) {
    List<MetricFamily> families = Declared.in(owners);
    assertThat(families)
        .as(section)
        .isNotEmpty()
        .allSatisfy(
            family ->
                assertThat(family.labels().stream().map(Label::name))
                    .filteredOn(OF_A_CHANNEL::contains)
                    .containsExactlyInAnyOrderElementsOf(saidAbove));
  }

  @Test
  void costs() throws IOException {
    MetricsDocument.assertSection("costs", MetricsDocument.list(AgentCost.values()));
  }

  @Test
  void basicsOfTheJvm() throws IOException {
    MetricsDocument.assertSection("jvm", JvmTable.text());
  }
}
