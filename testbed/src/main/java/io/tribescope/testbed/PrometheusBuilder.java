package io.tribescope.testbed;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Describes a Prometheus: by default it scrapes and evaluates every second, and has no job. */
public final class PrometheusBuilder {
  private final Bed bed;
  private Duration interval = Duration.ofSeconds(1);
  private final List<String> jobs = new ArrayList<>();
  private final List<String> rules = new ArrayList<>();
  private final List<String> alertmanagers = new ArrayList<>();

  PrometheusBuilder(Bed bed) {
    this.bed = bed;
  }

  /** The interval of scrapes and of rules, in whole milliseconds. */
  public PrometheusBuilder interval(Duration every) {
    this.interval = every;
    return this;
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
    return bed.closeLater(new Prometheus(bed.guardian(), bed.newDirectory("prometheus"), config()));
  }

  String config() {
    return """
        global:
          scrape_interval: %1$dms
          scrape_timeout: %1$dms
          evaluation_interval: %1$dms
        rule_files: %2$s
        alerting:
          alertmanagers:
            - static_configs:
                - targets: %3$s
        scrape_configs:
        %4$s"""
        .formatted(interval.toMillis(), list(rules), list(alertmanagers), String.join("", jobs));
  }

  private static String list(List<String> items) {
    return items.stream().map(PrometheusBuilder::quote).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String quote(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
