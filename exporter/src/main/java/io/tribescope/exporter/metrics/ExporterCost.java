package io.tribescope.exporter.metrics;

import io.tribescope.metrics.Cost;

/** What the knowledge of a figure costs. */
enum ExporterCost implements Cost {
  STATUS(
      "one request to mod_jk's status worker at each scrape, for the whole table: one thread of the"
          + " web server while it answers"),
  COUNTED("one add for each probe, in the exporter"),
  READ("nothing; the exporter's own, read at the scrape");

  private final String meaning;

  ExporterCost(String meaning) {
    this.meaning = meaning;
  }

  @Override
  public String meaning() {
    return meaning;
  }
}
