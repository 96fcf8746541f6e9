package io.tribescope.exporter.http;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tribescope.exporter.metrics.ExporterFamilies;
import io.tribescope.exporter.metrics.ModJkSamples;
import io.tribescope.exporter.model.Reading;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes targets, a bounded number at once, and keeps count. Safe for use by many threads. */
final class Probes {
  private static final Logger logger = LoggerFactory.getLogger(Probes.class);

  private final Map<String, ProbeTarget> targets = new LinkedHashMap<>();
  private final Map<String, Map<String, LongAdder>> outcomes = new LinkedHashMap<>();
  private final Map<String, String> lastOutcome = new ConcurrentHashMap<>();
  private final LongAdder rejected = new LongAdder();
  private final int maxConcurrent;
  private final Semaphore free;

  Probes(List<ProbeTarget> targets, int maxConcurrent) {
    for (ProbeTarget target : targets) {
      this.targets.put(target.alias(), target);
      Map<String, LongAdder> counts = new LinkedHashMap<>();
      ExporterFamilies.outcomes().forEach(outcome -> counts.put(outcome, new LongAdder()));
      outcomes.put(target.alias(), counts);
    }
    this.maxConcurrent = maxConcurrent;
    this.free = new Semaphore(maxConcurrent);
  }

  Collection<String> aliases() {
    return targets.keySet();
  }

  @Nullable ProbeTarget target(String alias) {
    return targets.get(alias);
  }

  /**
   * The target's metrics, fresh; empty when too many probes are running.
   *
   * @throws InterruptedException when the waiting thread is interrupted
   */
  Optional<MetricSnapshots> probe(ProbeTarget target, Duration limit) throws InterruptedException {
    if (!free.tryAcquire()) {
      rejected.increment();
      return Optional.empty();
    }
    try {
      long start = System.nanoTime();
      Reading reading = target.source().read(limit);
      Duration duration = Duration.ofNanos(System.nanoTime() - start);
      record(target.alias(), reading);
      return Optional.of(ModJkSamples.of(reading, duration));
    } finally {
      free.release();
    }
  }

  void addTo(Snapshots out) {
    outcomes.forEach(
        (alias, counts) ->
            counts.forEach(
                (outcome, count) ->
                    out.add(
                        ExporterFamilies.PROBES,
                        Labels.of("target", alias, "outcome", outcome),
                        count.sum())));
    out.add(ExporterFamilies.REJECTED, Labels.EMPTY, rejected.sum());
    out.add(ExporterFamilies.RUNNING, Labels.EMPTY, maxConcurrent - free.availablePermits());
  }

  /** A target that stays down is logged once, not at each scrape. */
  private void record(String alias, Reading reading) {
    Reading.Failed failure = reading instanceof Reading.Failed failed ? failed : null;
    String outcome = failure == null ? ExporterFamilies.SUCCESS : LabelValue.of(failure.reason());
    outcomes.getOrDefault(alias, Map.of()).getOrDefault(outcome, new LongAdder()).increment();
    String before = lastOutcome.put(alias, outcome);
    if (outcome.equals(before)) {
      return;
    }
    if (failure != null) {
      logger.warn("Target {}: {} ({})", alias, failure.detail(), outcome);
    } else {
      logger.info("Target {}: status read", alias);
    }
  }
}
