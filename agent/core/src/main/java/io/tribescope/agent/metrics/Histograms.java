package io.tribescope.agent.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.recording.counters.Distribution;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.Snapshots;

/** Adds to a scrape what the recording counts in buckets. */
public final class Histograms {
  private Histograms() {}

  public static void add(
      Snapshots out, MetricFamily family, Labels labels, Distribution distribution) {
    out.add(family, labels, distribution.bounds(), distribution.counts(), distribution.sum());
  }
}
