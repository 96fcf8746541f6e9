package io.tribescope.testbed.clients;

import java.util.Map;
import java.util.TreeMap;

/** Counts for {@link Totals}. Thread-safe. */
final class Tally {
  private final Map<String, Long> answeredBy = new TreeMap<>();
  private long created;
  private long writes;
  private long reads;
  private long failed;
  private long lost;
  private long moved;

  synchronized void answered(String node, boolean wrote) {
    answeredBy.merge(node, 1L, Long::sum);
    if (wrote) {
      writes++;
    } else {
      reads++;
    }
  }

  synchronized void created() {
    created++;
  }

  synchronized void failed() {
    failed++;
  }

  synchronized void lost() {
    lost++;
  }

  synchronized void moved() {
    moved++;
  }

  synchronized Totals totals() {
    return new Totals(created, writes, reads, failed, lost, moved, Map.copyOf(answeredBy));
  }
}
