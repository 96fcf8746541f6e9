package io.tribescope.exporter.http;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tribescope.exporter.metrics.Cost;
import io.tribescope.exporter.metrics.Family;
import io.tribescope.exporter.metrics.ModJkMetrics;
import io.tribescope.exporter.metrics.Samples;
import io.tribescope.exporter.model.FailureReason;
import io.tribescope.exporter.model.Reading;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Probes targets, a bounded number at once, and keeps count. Safe for use by many threads. */
final class Probes {
  private static final Logger logger = LoggerFactory.getLogger(Probes.class);

  /** The outcome of a probe that succeeded; the others are the failures' reasons. */
  private static final String SUCCESS = "success";

  private static final Family PROBES =
      Family.counter("tribescope_exporter_probes_total", "target")
          .by("outcome", outcomes())
          .costs(Cost.COUNTED)
          .means("Probes made, by outcome: success, or the reason of the failure.")
          .good("only success increases.");
  private static final Family REJECTED =
      Family.counter("tribescope_exporter_probes_rejected_total")
          .costs(Cost.COUNTED)
          .means("Probes refused because --max-probes were running.")
          .good("0.");
  private static final Family RUNNING =
      Family.gauge("tribescope_exporter_probes_running")
          .means("Probes running now.")
          .good("below --max-probes.");

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
      outcomes().forEach(outcome -> counts.put(outcome, new LongAdder()));
      outcomes.put(target.alias(), counts);
    }
    this.maxConcurrent = maxConcurrent;
    this.free = new Semaphore(maxConcurrent);
  }

  private static Stream<String> outcomes() {
    return Stream.concat(
        Stream.of(SUCCESS), Stream.of(FailureReason.values()).map(FailureReason::label));
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
      return Optional.of(ModJkMetrics.of(reading, duration));
    } finally {
      free.release();
    }
  }

  void addTo(Samples samples) {
    outcomes.forEach(
        (alias, counts) ->
            counts.forEach((outcome, count) -> samples.add(PROBES, count.sum(), alias, outcome)));
    samples.add(REJECTED, rejected.sum());
    samples.add(RUNNING, maxConcurrent - free.availablePermits());
  }

  /** A target that stays down is logged once, not at each scrape. */
  private void record(String alias, Reading reading) {
    Reading.Failed failure = reading instanceof Reading.Failed failed ? failed : null;
    String outcome = failure == null ? SUCCESS : failure.reason().label();
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
