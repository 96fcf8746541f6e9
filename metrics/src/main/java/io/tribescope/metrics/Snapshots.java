package io.tribescope.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects the samples of one scrape. That their labels are those declared is asserted, so that a
 * mistake fails in a test and not at a user's. Not thread-safe.
 */
public final class Snapshots {
  private static final Logger logger = LoggerFactory.getLogger(Snapshots.class);

  private final Predicate<String> isBroken;
  private final Map<MetricFamily, List<DataPointSnapshot>> samples = new LinkedHashMap<>();

  /** Of families that need no hook, and of all others, too. */
  public Snapshots() {
    this(hook -> false);
  }

  /**
   * Leaves out the families that a broken hook would observe: what happened may have escaped it,
   * and a 0 would say that all is well.
   *
   * @param isBroken asked for the name of each hook of a family
   */
  public Snapshots(Predicate<String> isBroken) {
    this.isBroken = isBroken;
  }

  /** Adds a sample of a counter or a gauge; of an info the value does not matter. */
  public void add(MetricFamily family, Labels labels, double value) {
    switch (family.type()) {
      case COUNTER:
        put(family, new CounterDataPointSnapshot(value, labels, null, 0));
        break;
      case GAUGE:
        put(family, new GaugeDataPointSnapshot(value, labels, null));
        break;
      case INFO:
        put(family, new InfoDataPointSnapshot(labels));
        break;
      default:
        throw new IllegalArgumentException(family + " is a histogram");
    }
  }

  /** Exact up to 2^53, as everything in Prometheus. */
  public void add(MetricFamily family, Labels labels, long value) {
    add(family, labels, (double) value);
  }

  /**
   * Adds a sample of a histogram.
   *
   * @param bounds upper, inclusive; the last one is infinite
   * @param counts of observations for each bound, not cumulative
   * @param sum of what was observed
   */
  public void add(MetricFamily family, Labels labels, double[] bounds, long[] counts, double sum) {
    assert bounds.length == family.buckets() : family + " has " + bounds.length + " buckets";
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < counts.length; i++) {
      buckets.bucket(bounds[i], counts[i]);
    }
    put(
        family,
        HistogramDataPointSnapshot.builder()
            .classicHistogramBuckets(buckets.build())
            .sum(sum)
            .labels(labels)
            .build());
  }

  private void put(MetricFamily family, DataPointSnapshot sample) {
    assert family.allows(sample.getLabels()) : family + " " + sample.getLabels();
    List<DataPointSnapshot> points = samples.get(family);
    if (points == null) {
      if (family.hooks().stream().anyMatch(isBroken)) {
        return;
      }
      points = new ArrayList<>();
      samples.put(family, points);
    }
    points.add(sample);
  }

  /** What was added. A family with two samples of the same labels is left out, and that logged. */
  public MetricSnapshots build() {
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    samples.forEach(
        (family, points) -> {
          try {
            all.metricSnapshot(snapshot(family, points));
          } catch (IllegalArgumentException e) {
            // As when two channels announce one address: the other metrics are right all the same.
            logger.warn("{} is left out of a scrape: {}", family, e.toString());
          }
        });
    return all.build();
  }

  @SuppressWarnings("unchecked") // add() pairs each family's type with its samples
  private static MetricSnapshot snapshot(
      MetricFamily family, List<? extends DataPointSnapshot> points) {
    MetricMetadata metadata = new MetricMetadata(family.baseName(), family.help());
    switch (family.type()) {
      case COUNTER:
        return new CounterSnapshot(metadata, (List<CounterDataPointSnapshot>) points);
      case GAUGE:
        return new GaugeSnapshot(metadata, (List<GaugeDataPointSnapshot>) points);
      case HISTOGRAM:
        return new HistogramSnapshot(metadata, (List<HistogramDataPointSnapshot>) points);
      default:
        return new InfoSnapshot(metadata, (List<InfoDataPointSnapshot>) points);
    }
  }
}
