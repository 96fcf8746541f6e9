package io.tribescope.metrics;

import static org.assertj.core.api.Assertions.assertThat;

/** What the HELP of every metric must fulfil, the agent's and the exporter's. */
public final class HelpRules {
  private HelpRules() {}

  /** Meaning, absence and good are sentences, which make one text and fit into a table. */
  public static void assertFulfilled(MetricFamily family) {
    assertThat(family.meaning()).as(family.name()).matches("[A-Z0-9].*\\.");
    assertThat(family.absence()).as(family.name()).matches("|(Absent|Only) .*[^.]\\.");
    // Goes on behind a colon; or begins with a name that is written in capitals.
    assertThat(family.good()).as(family.name()).matches("([a-z0-9]|[A-Z]{2}).*\\.");
    assertThat(family.help()).as(family.name()).doesNotContain("..").doesNotContain("|");
  }

  /** The name ends as its type asks for. */
  public static void assertNamed(MetricFamily family) {
    boolean total = family.name().endsWith("_total");
    boolean info = family.name().endsWith("_info");
    assertThat(total).as(family.name()).isEqualTo(family.type() == MetricFamily.Type.COUNTER);
    assertThat(info).as(family.name()).isEqualTo(family.type() == MetricFamily.Type.INFO);
  }
}
