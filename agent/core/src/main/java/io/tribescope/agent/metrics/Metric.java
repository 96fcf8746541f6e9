package io.tribescope.agent.metrics;

/**
 * A metric of the agent's own; one enum for each subject holds them. Who adds one writes the
 * document anew; {@code MetricsDocumentTest} says how.
 */
public interface Metric {
  /** What it is called, how it is labelled, what it means and costs. */
  Descriptor descriptor();

  /** What is exposed of it. */
  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM,
    INFO
  }
}
