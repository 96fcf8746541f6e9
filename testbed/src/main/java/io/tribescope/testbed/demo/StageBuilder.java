package io.tribescope.testbed.demo;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Endpoint;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.prometheus.Alertmanager;
import io.tribescope.testbed.prometheus.Exporter;
import io.tribescope.testbed.prometheus.Prometheus;
import io.tribescope.testbed.prometheus.PrometheusBuilder;
import io.tribescope.testbed.prometheus.Webhook;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Starts everything, in the order in which the parts need each other, and says so. */
final class StageBuilder {
  private final Bed bed;
  private final DemoOptions options;
  private final PrintStream out;

  StageBuilder(Bed bed, DemoOptions options, PrintStream out) {
    this.bed = bed;
    this.options = options;
    this.out = out;
  }

  /**
   * Starts what can be started.
   *
   * @throws TestBedException when there is no cluster to show
   */
  Stage start() {
    out.printf("Starting %d Tomcats %s with the agent%n", options.nodes(), options.tomcat());
    Cluster cluster =
        bed.cluster()
            .tomcat(options.tomcat())
            .nodes(options.nodes())
            .sendOptions(options.sendOptions())
            .replicatedCache()
            .agent(Product.agent(), agentOptions())
            .start();
    Optional<Httpd> httpd = ifPossible("httpd with mod_jk", () -> bed.httpd(cluster));
    Optional<Exporter> exporter =
        httpd.flatMap(it -> ifPossible("the exporter", () -> exporter(it)));
    Webhook webhook = bed.webhook();
    Optional<Alertmanager> alertmanager =
        ifPossible("Alertmanager", () -> bed.alertmanager(webhook));
    Optional<Prometheus> prometheus =
        ifPossible("Prometheus", () -> prometheus(cluster, exporter, alertmanager));
    return new Stage(
        bed, cluster, users(cluster, httpd), httpd, exporter, webhook, alertmanager, prometheus);
  }

  private String agentOptions() {
    return "cluster=%s,expected_members=%d".formatted(Stage.CLUSTER, options.nodes());
  }

  /** Without a balancer each node has users of its own. */
  private Client users(Cluster cluster, Optional<Httpd> httpd) {
    List<Endpoint> entrances =
        httpd.<List<Endpoint>>map(List::of).orElse(List.copyOf(cluster.nodes()));
    Client users = bed.client();
    for (Endpoint entrance : entrances) {
      users.load(
          entrance,
          atLeastOne(options.sessions() / entrances.size()),
          atLeastOne(options.rate() / entrances.size()),
          options.duration());
    }
    return users;
  }

  private static int atLeastOne(int number) {
    return Math.max(1, number);
  }

  private Exporter exporter(Httpd httpd) {
    return bed.exporter(Product.exporter(), "--modjk", Stage.TARGET + "=" + httpd.statusReadOnly());
  }

  private Prometheus prometheus(
      Cluster cluster, Optional<Exporter> exporter, Optional<Alertmanager> alertmanager) {
    PrometheusBuilder builder = bed.prometheus().job("tomcat", cluster).rules(Product.rules());
    exporter.ifPresent(it -> builder.scrapeConfig(modjkJob(it)));
    alertmanager.ifPresent(builder::alertmanager);
    return builder.start();
  }

  /** As docs/exporter.md says: the alias becomes the instance, the cluster joins the agents. */
  private static String modjkJob(Exporter exporter) {
    return """
        job_name: modjk
        metrics_path: /probe
        static_configs:
          - targets: [%s]
            labels: {cluster: %s}
        relabel_configs:
          - source_labels: [__address__]
            target_label: __param_target
          - source_labels: [__param_target]
            target_label: instance
          - target_label: __address__
            replacement: %s
        """
        .formatted(Stage.TARGET, Stage.CLUSTER, exporter.target());
  }

  private <T> Optional<T> ifPossible(String what, Supplier<T> start) {
    out.println("Starting " + what);
    try {
      return Optional.of(start.get());
    } catch (TestBedException | UncheckedIOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      out.printf("Going on without %s: %s%n", what, e.getMessage());
      return Optional.empty();
    }
  }
}
