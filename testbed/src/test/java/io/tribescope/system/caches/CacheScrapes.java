package io.tribescope.system.caches;

import static java.util.stream.Collectors.toMap;

import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import java.util.Map;
import java.util.TreeMap;

/** What the cache metrics say, in the form in which a test knows it. */
final class CacheScrapes {
  private CacheScrapes() {}

  /**
   * Every series of a counter that is not 0, by the values of those labels.
   *
   * @param by the labels' names, whose values are joined by a blank
   */
  static Map<String, Integer> counts(Scrape scrape, String counter, String... by) {
    return new TreeMap<>(
        scrape.samples(counter).stream()
            .filter(sample -> sample.value() != 0)
            .collect(toMap(sample -> key(sample, by), sample -> (int) sample.value())));
  }

  private static String key(Sample sample, String[] by) {
    StringBuilder key = new StringBuilder();
    for (String label : by) {
      key.append(key.length() == 0 ? "" : " ").append(sample.labels().get(label));
    }
    return key.toString();
  }

  /** What was sent, by operation, of a node with one cache and one peer. */
  static Map<String, Integer> sent(Scrape scrape) {
    return counts(scrape, "ehcache_replication_sent_total", "operation");
  }

  static Map<String, Integer> received(Scrape scrape) {
    return counts(scrape, "ehcache_replication_received_total", "operation");
  }

  static Map<String, Integer> failures(Scrape scrape) {
    return counts(scrape, "ehcache_replication_failures_total", "peer", "reason");
  }

  static Map<String, Integer> dropped(Scrape scrape) {
    return counts(scrape, "ehcache_replication_dropped_total", "reason");
  }

  static Map<String, Integer> events(Scrape scrape) {
    return counts(scrape, "ehcache_replication_events_total", "origin", "operation");
  }

  static Map<String, Integer> bootstraps(Scrape scrape) {
    return counts(scrape, "ehcache_bootstrap_total", "outcome");
  }
}
