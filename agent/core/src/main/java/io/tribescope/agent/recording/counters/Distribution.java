package io.tribescope.agent.recording.counters;

/** A histogram as it was read. */
public interface Distribution {
  /** Upper bounds, inclusive, in the metric's unit; the last one is infinite. */
  double[] bounds();

  /** Observations for each of {@link #bounds}, not cumulative. */
  long[] counts();

  /** In the metric's unit. */
  double sum();
}
