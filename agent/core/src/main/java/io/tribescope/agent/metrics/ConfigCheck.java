package io.tribescope.agent.metrics;

import java.util.Arrays;

/** What can be wrong in a configuration; each has its page in {@code docs/checks.md}. */
public enum ConfigCheck {
  CLUSTER_UNNAMED("cluster-unnamed", "warning"),
  ANNOUNCED_LOOPBACK("announced-loopback", "critical"),
  ANNOUNCED_WILDCARD("announced-wildcard", "critical"),
  EHCACHE_LOOPBACK("ehcache-loopback", "critical"),
  EHCACHE_HOST_UNSET("ehcache-host-unset", "warning"),
  EHCACHE_MANAGERS_CROSSED("ehcache-managers-crossed", "critical"),
  EHCACHE_NO_PEERS("ehcache-no-peers", "critical"),
  EHCACHE_SELF_PEER("ehcache-self-peer", "warning");

  private final String label;

  private final String severity;

  ConfigCheck(String label, String severity) {
    this.label = label;
    this.severity = severity;
  }

  /** As in the metric's label, and as the page is called. */
  public String label() {
    return label;
  }

  public String severity() {
    return severity;
  }

  static String[] labels() {
    return Arrays.stream(values()).map(check -> check.label).toArray(String[]::new);
  }
}
