package io.tribescope.exporter.metrics;

/** What the knowledge of a figure costs. */
public enum Cost {
  STATUS(
      "one request to mod_jk's status worker at each scrape, for the whole table: one thread of the"
          + " web server while it answers"),
  COUNTED("one add for each probe, in the exporter"),
  READ("nothing; the exporter's own, read at the scrape");

  public final String meaning;

  Cost(String meaning) {
    this.meaning = meaning;
  }
}
