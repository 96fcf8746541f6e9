package io.tribescope.agent.metrics;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.Snapshots;

/** Problems found in the configuration: one metric, whatever they are of. */
public final class ConfigProblems {
  static final MetricFamily CONFIG_PROBLEM =
      CHANNEL
          .gauge("tomcat_cluster_config_problem")
          .by("check", ConfigCheck.labels())
          .with("severity")
          .means(
              "1 for each problem found in the configuration; docs/checks.md says what each means and how it is mended. Of a cache's on a node without a channel the observer is empty.")
          .only("with a problem")
          .good("no series.");

  private ConfigProblems() {}

  /**
   * @param labels cluster and observer
   */
  public static void add(Snapshots out, Labels labels, ConfigCheck check) {
    out.add(
        CONFIG_PROBLEM, labels.add("check", check.label()).add("severity", check.severity()), 1);
  }
}
