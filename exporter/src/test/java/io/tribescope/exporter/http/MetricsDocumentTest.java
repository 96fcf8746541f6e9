package io.tribescope.exporter.http;

import static java.util.stream.Collectors.joining;

import io.tribescope.exporter.metrics.Cost;
import io.tribescope.exporter.metrics.Family;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The document says of the exporter what the code says, and all of it. */
class MetricsDocumentTest {
  @Test
  void modJksMetrics() throws IOException {
    MetricsDocument.assertSection(
        "mod_jk", table(FamiliesTest.families().filter(MetricsDocumentTest::isOfModJk)));
  }

  @Test
  void exportersOwnMetrics() throws IOException {
    MetricsDocument.assertSection(
        "exporter", table(FamiliesTest.families().filter(family -> !isOfModJk(family))));
  }

  private static boolean isOfModJk(Family family) {
    return family.name().startsWith("modjk_");
  }

  @Test
  void costs() throws IOException {
    MetricsDocument.assertSection(
        "exporter's costs",
        Arrays.stream(Cost.values())
            .map(cost -> "- **" + lowerCase(cost) + "**: " + cost.meaning + ".\n")
            .collect(joining()));
  }

  private static String table(Stream<Family> families) {
    return "| Metric | Type | Labels | Meaning | Good | Cost | Series |\n|---|---|---|---|---|---|---|\n"
        + families.map(MetricsDocumentTest::row).collect(joining());
  }

  private static String row(Family family) {
    return "|`%s`|%s|%s|%s|%s|%s|%s|\n"
        .formatted(
            family.name(),
            lowerCase(family.type()),
            family.labels().stream().map(MetricsDocumentTest::label).collect(joining("; ")),
            (family.meaning() + " " + family.absence()).strip(),
            family.good(),
            lowerCase(family.cost()),
            series(family));
  }

  private static String label(Family.Label label) {
    String values = label.values().isEmpty() ? "" : ": " + String.join(", ", label.values());
    return "`" + label.name() + "`" + values;
  }

  /** At most so many of one mod_jk: "7 a balancer a worker". */
  private static String series(Family family) {
    int number = 1;
    StringBuilder each = new StringBuilder();
    for (Family.Label label : family.labels()) {
      if (!label.values().isEmpty()) {
        number *= label.values().size();
      } else if (!label.descriptive()) {
        each.append(" a ").append(label.name());
      }
    }
    return number + each.toString();
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
