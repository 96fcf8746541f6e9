package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The mean replication lag between one round of scrapes and the next, over all nodes. */
final class MeanLag {
  private static final String NAME = "tomcat_session_replication_lag_seconds";

  private record Sums(double seconds, double count) {}

  private final Map<String, Sums> before = new HashMap<>();
  private double seconds;
  private double count;

  /** Begins the next round. */
  void begin() {
    seconds = 0;
    count = 0;
  }

  /**
   * Adds a node's scrape to the round. A node's first scrape, and that after a restart, is only a
   * start.
   */
  void add(String node, List<Sample> samples) {
    Sums now = new Sums(sum(samples, NAME + "_sum"), sum(samples, NAME + "_count"));
    Sums last = before.put(node, now);
    if (last != null && now.count() >= last.count()) {
      seconds += now.seconds() - last.seconds();
      count += now.count() - last.count();
    }
  }

  private static double sum(List<Sample> samples, String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .mapToDouble(Sample::value)
        .sum();
  }

  /** The round's mean in seconds; empty when no change was measured. */
  OptionalDouble mean() {
    return count > 0 ? OptionalDouble.of(seconds / count) : OptionalDouble.empty();
  }
}
