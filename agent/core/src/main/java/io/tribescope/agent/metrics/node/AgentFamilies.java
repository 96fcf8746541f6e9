package io.tribescope.agent.metrics.node;

import static io.tribescope.agent.metrics.Scope.NODE;

import io.tribescope.metrics.MetricFamily;

/** The agent itself. */
public final class AgentFamilies {
  static final MetricFamily HOOK_STATUS =
      NODE.gauge("tribescope_agent_hook_status")
          .by("hook")
          .with("status")
          .means(
              "What became of each hook: 1 for its status. Anything else than applied: what it"
                  + " observes is not published.")
          .absent("until Tomcat loads the hook's class")
          .good("applied.");

  static final MetricFamily ADVICE_ERRORS =
      NODE.counter("tribescope_agent_advice_errors_total")
          .by("hook")
          .means(
              "Failures within the agent's own hooks, by the hook's name. Tomcat did not notice, and"
                  + " what failed is not counted.")
          .good("0.");

  static final MetricFamily TRACKING_SATURATED =
      NODE.gauge("tribescope_agent_tracking_saturated")
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
          .good("0.");

  static final MetricFamily BUILD_INFO =
      NODE.info("tribescope_agent_build_info")
          .with("version", "java")
          .means("The agent's version, and the Java it runs on.")
          .good("the same on every node.");

  static final MetricFamily START_SECONDS =
      NODE.gauge("tribescope_agent_start_seconds")
          .means(
              "What the agent has taken of Tomcat's start: its own, and the weaving of the hooks,"
                  + " on the threads that loaded the cluster's classes.")
          .good("a second or two, and constant.");

  static final MetricFamily SCRAPE_SECONDS =
      NODE.gauge("tribescope_agent_scrape_seconds")
          .means("How long the previous collection of the agent's own metrics took.")
          .absent("in the first scrape")
          .good("milliseconds.");

  private AgentFamilies() {}
}
