package io.tribescope.agent.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tribescope.agent.hooks.HookStatus;
import io.tribescope.agent.recording.Distribution;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the samples of one scrape, of what the hooks let be known. Not thread-safe. */
public final class Snapshots {
  private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

  private final HookStatus hooks;
  private final Map<Metric, List<DataPointSnapshot>> samples = new LinkedHashMap<>();

  public Snapshots(HookStatus hooks) {
    this.hooks = hooks;
  }

  public void add(Metric metric, Labels labels, double value) {
    DataPointSnapshot sample;
    switch (metric.descriptor().kind) {
      case COUNTER:
        sample = new CounterSnapshot.CounterDataPointSnapshot(value, labels, null, 0);
        break;
      case GAUGE:
        sample = new GaugeSnapshot.GaugeDataPointSnapshot(value, labels, null);
        break;
      case INFO:
        sample = new InfoSnapshot.InfoDataPointSnapshot(labels);
        break;
      default:
        throw new IllegalArgumentException(metric + " is a histogram");
    }
    put(metric, sample);
  }

  /** Exact up to 2^53, as everything in Prometheus. */
  public void add(Metric metric, Labels labels, long value) {
    add(metric, labels, (double) value);
  }

  public void add(Metric metric, Labels labels, Distribution distribution) {
    long[] counts = distribution.counts();
    double[] bounds = distribution.bounds();
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < counts.length; i++) {
      buckets.bucket(bounds[i], counts[i]);
    }
    put(
        metric,
        HistogramSnapshot.HistogramDataPointSnapshot.builder()
            .classicHistogramBuckets(buckets.build())
            .sum(distribution.sum())
            .labels(labels)
            .build());
  }

  private void put(Metric metric, DataPointSnapshot sample) {
    assert metric.descriptor().allows(sample.getLabels()) : metric + " " + sample.getLabels();
    if (!metric.descriptor().observed.isIntact(hooks)) {
      return;
    }
    samples.computeIfAbsent(metric, m -> new ArrayList<>()).add(sample);
  }

  public MetricSnapshots build() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    samples.forEach(
        (metric, points) -> {
          try {
            all.metricSnapshot(family(metric, points));
          } catch (IllegalArgumentException e) {
            // As when two channels announce one address: the other metrics are right all the same.
            logger.warn(
                "{} is left out of a scrape: {}", metric.descriptor().baseName, e.toString());
          }
        });
    return all.build();
  }

  @SuppressWarnings("unchecked") // put() pairs each metric's kind with its samples
  private static MetricSnapshot family(Metric metric, List<? extends DataPointSnapshot> points) {
    MetricMetadata metadata =
        new MetricMetadata(metric.descriptor().baseName, metric.descriptor().help());
    switch (metric.descriptor().kind) {
      case COUNTER:
        return new CounterSnapshot(
            metadata, (List<CounterSnapshot.CounterDataPointSnapshot>) points);
      case GAUGE:
        return new GaugeSnapshot(metadata, (List<GaugeSnapshot.GaugeDataPointSnapshot>) points);
      case HISTOGRAM:
        return new HistogramSnapshot(
            metadata, (List<HistogramSnapshot.HistogramDataPointSnapshot>) points);
      default:
        return new InfoSnapshot(metadata, (List<InfoSnapshot.InfoDataPointSnapshot>) points);
    }
  }
}
