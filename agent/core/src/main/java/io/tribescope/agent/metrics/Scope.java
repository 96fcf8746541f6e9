package io.tribescope.agent.metrics;

import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Sizes;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.MetricFamily.Declaration;

/**
 * Whose a series is: the labels that all metrics of one subject have. Their declarations begin
 * here, as of what is asked for at the scrape.
 */
public enum Scope {
  /** The JVM's, whatever runs in it. */
  NODE(),
  /** A channel's: which cluster is spoken of, and which node says it. */
  CHANNEL("cluster", "observer"),
  /** A cache manager's. It may be on a node without a channel, so that there is no observer. */
  CACHE_MANAGER("cluster", "context", "manager"),
  /** A replicated cache's. */
  CACHE("cluster", "context", "manager", "cache"),
  /** A JNDI connection pool's. */
  POOL("context", "datasource");

  @SuppressWarnings("ImmutableEnumChecker") // never handed out
  private final String[] labels;

  Scope(String... labels) {
    this.labels = labels;
  }

  /**
   * @param name with {@code _total}
   */
  public Declaration counter(String name) {
    return MetricFamily.counter(name, AgentCost.READ, labels);
  }

  public Declaration gauge(String name) {
    return MetricFamily.gauge(name, AgentCost.READ, labels);
  }

  /** Of durations, in seconds. */
  public Declaration histogram(String name) {
    return MetricFamily.histogram(name, Durations.boundsSeconds().length, AgentCost.READ, labels);
  }

  /** Of sizes, in bytes. */
  public Declaration histogramOfBytes(String name) {
    return MetricFamily.histogram(name, Sizes.boundsBytes().length, AgentCost.READ, labels);
  }

  /**
   * @param name with {@code _info}
   */
  public Declaration info(String name) {
    return MetricFamily.info(name, AgentCost.READ, labels);
  }
}
