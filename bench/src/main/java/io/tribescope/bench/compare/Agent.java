package io.tribescope.bench.compare;

import java.util.List;

/**
 * An agent that is compared, or none.
 *
 * @param name in the results
 * @param origin what it is: its version, or where it comes from
 * @param tribescope whether it is one of ours, to which the targets apply
 * @param published a metric that its {@code /metrics} hold once it works; empty when it is not
 *     scraped
 * @param flags what attaches it to a JVM
 */
record Agent(String name, String origin, boolean tribescope, String published, Flags flags) {
  static final Agent NONE = new Agent("none", "no agent", false, "", (address, port) -> List.of());

  /** The JVM's flags, given where the agent is to serve. */
  @FunctionalInterface
  interface Flags {
    List<String> at(String address, int port);
  }

  boolean isScraped() {
    return !published.isEmpty();
  }
}
