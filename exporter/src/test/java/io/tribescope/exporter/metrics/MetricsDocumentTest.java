package io.tribescope.exporter.metrics;

import io.tribescope.metrics.Declared;
import io.tribescope.metrics.MetricsDocument;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The document says of the exporter what the code says, and all of it. */
class MetricsDocumentTest {
  @Test
  void modJksMetrics() throws IOException {
    assertSection("mod_jk", ModJkFamilies.class);
  }

  @Test
  void exportersOwnMetrics() throws IOException {
    assertSection("exporter", ExporterFamilies.class);
  }

  @Test
  void costs() throws IOException {
    MetricsDocument.assertSection("exporter's costs", MetricsDocument.list(ExporterCost.values()));
  }

  private static void assertSection(String section, Class<?> owner) throws IOException {
    MetricsDocument.assertSection(section, MetricsDocument.table(Declared.in(owner), Set.of()));
  }
}
