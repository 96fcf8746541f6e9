package io.tribescope.exporter.face;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
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

  private static String table(Stream<Family> families) {
    return "| Metric | Type | Labels | Meaning | Good |\n|---|---|---|---|---|\n"
        + families.map(MetricsDocumentTest::row).collect(joining());
  }

  private static String row(Family family) {
    return "|`%s`|%s|%s|%s|%s|\n"
        .formatted(
            family.name(),
            family.type().name().toLowerCase(Locale.ROOT),
            family.labelNames().stream().map(label -> "`" + label + "`").collect(joining("; ")),
            (family.meaning() + " " + family.absence()).strip(),
            family.good());
  }
}
