package io.tribescope.testbed.prometheus;

import io.tribescope.testbed.network.BedRun;
import io.tribescope.testbed.nodes.Cluster;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Describes a Prometheus: it scrapes and evaluates every two seconds. */
public final class PrometheusBuilder {
  private final BedRun run;
  private final List<String> jobs = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();
  private final List<String> alertmanagers = new ArrayList<>();

  /** Describes one of that bed. */
  public PrometheusBuilder(BedRun run) {
    this.run = run;
  }

  /** Adds a job with the targets {@code host:port}, at {@code /metrics}. */
  public PrometheusBuilder job(String name, String... targets) {
    return scrapeConfig(
        """
        job_name: %s
        static_configs:
          - targets: %s
        """
            .formatted(quote(name), list(Arrays.asList(targets))));
  }

  /** Adds a job with the agents of a cluster. */
  public PrometheusBuilder job(String name, Cluster cluster) {
    return job(
        name,
        cluster.nodes().stream()
            .map(node -> node.address() + ":" + node.agentPort())
            .toArray(String[]::new));
  }

  /** Adds a job as YAML: an item of {@code scrape_configs}, not indented. */
  public PrometheusBuilder scrapeConfig(String yaml) {
    jobs.add("  - " + yaml.strip().indent(4).strip() + "\n");
    return this;
  }

  /** Adds files of rules; a file's name may have a {@code *}. */
  public PrometheusBuilder rules(Path... files) {
    for (Path file : files) {
      rules.add(file.toAbsolutePath().toString());
    }
    return this;
  }

  /** Sends alerts there. */
  public PrometheusBuilder alertmanager(Alertmanager alertmanager) {
    alertmanagers.add("127.0.0.1:" + alertmanager.uri().getPort());
    return this;
  }

  /** Starts it and returns when it is ready, before its first scrape. */
  public Prometheus start() {
    return run.closeLater(new Prometheus(run.guardian(), run.newDirectory("prometheus"), config()));
  }

  String config() {
    // A scrape's time is its interval at most, and an exporter keeps half a second of it for its
    // own answer: at 1 s a busy httpd would have been given only as much again.
    return """
        global:
          scrape_interval: 2s
          scrape_timeout: 2s
          evaluation_interval: 2s
        rule_files: %1$s
        alerting:
          alertmanagers:
            - static_configs:
                - targets: %2$s
        scrape_configs:
        %3$s"""
        .formatted(list(rules), list(alertmanagers), String.join("", jobs));
  }

  private static String list(List<String> items) {
    return items.stream().map(PrometheusBuilder::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
