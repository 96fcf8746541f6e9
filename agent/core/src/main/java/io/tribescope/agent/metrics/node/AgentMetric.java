package io.tribescope.agent.metrics.node;

import static io.tribescope.agent.metrics.Descriptor.counter;
import static io.tribescope.agent.metrics.Descriptor.gauge;
import static io.tribescope.agent.metrics.Descriptor.info;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.metrics.Descriptor;
import io.tribescope.agent.metrics.Metric;

/** What the agent measures of itself. */
public enum AgentMetric implements Metric {
  HOOK_STATUS(
      gauge("tribescope_agent_hook_status")
          .ofTheAgent()
          .by("hook")
          .with("status")
          .means(
              "What became of each hook: 1 for its status. Anything else than applied: what it"
                  + " observes is not published.")
          .absent("until Tomcat loads the hook's class")
          .good("applied.")),
  ADVICE_ERRORS(
      counter("tribescope_agent_advice_errors")
          .ofTheAgent()
          .by("hook", Bridge.Family.values())
          .means(
              "Failures within the agent's own hooks; hook: the family they belong to. Tomcat did"
                  + " not notice, and what failed is not counted.")
          .good("0.")),
  TRACKING_SATURATED(
      gauge("tribescope_agent_tracking_saturated")
          .ofTheAgent()
          .by(
              "what",
              "applications",
              "cache_peers",
              "caches",
              "channels",
              "contexts",
              "data_sources",
              "members",
              "messages_in_flight",
              "recent_changes",
              "sessions",
              "session_members")
          .means(
              "1 when a bounded table has overflowed since the start and a figure has become"
                  + " approximate.")
          .good("0.")),
  BUILD_INFO(
      info("tribescope_agent_build")
          .ofTheAgent()
          .with("version", "java")
          .means("The agent's version, and the Java it runs on.")
          .good("the same on every node.")),
  START_SECONDS(
      gauge("tribescope_agent_start_seconds")
          .ofTheAgent()
          .means(
              "What the agent has taken of Tomcat's start: its own, and the weaving of the hooks,"
                  + " on the threads that loaded the cluster's classes.")
          .good("a second or two, and constant.")),
  SCRAPE_SECONDS(
      gauge("tribescope_agent_scrape_seconds")
          .ofTheAgent()
          .means("How long the previous collection of the agent's own metrics took.")
          .absent("in the first scrape")
          .good("milliseconds."));

  @SuppressWarnings("ImmutableEnumChecker") // not changed once it is here
  private final Descriptor descriptor;

  AgentMetric(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }
}
