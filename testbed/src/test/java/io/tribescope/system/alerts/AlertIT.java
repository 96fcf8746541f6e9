package io.tribescope.system.alerts;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.dashboards.DashboardQueries;
import io.tribescope.dashboards.DashboardQuery;
import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Load;
import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.nodes.Node;
import io.tribescope.testbed.prometheus.Exporter;
import io.tribescope.testbed.prometheus.Prometheus;
import io.tribescope.testbed.prometheus.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * From a session's change on a Tomcat to a page: agents, exporter, the shipped rules (which wait a
 * tenth of their time) in a real Prometheus, a real Alertmanager with the shipped routes and
 * inhibitions, and the dashboards' queries.
 */
@Tag("real")
class AlertIT {
  private static final Duration SCRAPES = Duration.ofSeconds(60);
  private static final Path DASHBOARDS = Product.ROOT.resolve("dashboards");
  private static final String ISLANDS = "cluster_job:tomcat_cluster_member_up:islands";
  private static final String SPLIT = "TomcatClusterSplitBrain";

  @Test
  void aPartitionPagesOnceAndADeathDoesNot() throws IOException {
    try (Bed bed = Bed.open("alert");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(3)
              .replicatedCache()
              .agent(Product.AGENT, "cluster=shop,expected_members=3")
              .start();
      Httpd httpd = bed.httpd(cluster);
      try (Exporter exporter =
          bed.exporter(Product.EXPORTER, "--modjk", "main=" + httpd.status())) {
        Webhook webhook = bed.webhook();
        Prometheus prometheus =
            bed.prometheus()
                .job("tomcat", cluster)
                .scrapeConfig(modjkJob(exporter))
                .rules(SoonerRules.of(DASHBOARDS, bed.directory()))
                .alertmanager(bed.alertmanager(ShippedAlertmanager.config(webhook)))
                .start();
        awaitIslands(prometheus, 1);
        // The clock offset, and with it the lag, is known some seconds after the start.
        prometheus.await("count(tomcat_cluster_clock_offset_seconds)", SCRAPES, r -> value(r) == 6);
        try (Load load = client.load(httpd, 12, 20, Duration.ofMinutes(5))) {
          assertThat(load.sessions()).hasSize(12);
          // Its class is a series of its own, from the first failure on.
          client.create(httpd).writeUnserializable("k");
          everyQueryReturnsData(prometheus);
        }

        Node cutOff = cluster.node(1);
        bed.network().cut(cutOff, cluster.node(2));
        bed.network().cut(cutOff, cluster.node(3));
        awaitIslands(prometheus, 2);
        webhook.awaitFiring(SPLIT, Duration.ofMinutes(3));
        bed.network().heal();
        awaitIslands(prometheus, 1);
        webhook.awaitResolved(SPLIT, Duration.ofMinutes(5));
        assertThat(webhook.firing(SPLIT)).isEqualTo(1);

        // A death: for a minute the rules remember the dead node's view; after that the alert's 6 s
        // pass twice over, seen by the evaluation's clock.
        cluster.node(3).kill();
        prometheus.await("min(tomcat_cluster_members)", SCRAPES, r -> value(r) == 2);
        double died = prometheus.value("time()");
        prometheus.await("time()", Duration.ofMinutes(3), r -> value(r) > died + 75);
        assertThat(prometheus.query("ALERTS{alertname='" + SPLIT + "'}")).isEmpty();
        assertThat(webhook.firing(SPLIT)).isEqualTo(1);
      }
    }
  }

  /** Each in the end: a rate has no value before its second scrape, nor a rule before it ran. */
  private static void everyQueryReturnsData(Prometheus prometheus) {
    DashboardQueries dashboards =
        new DashboardQueries(Duration.ofSeconds(15), Duration.ofMinutes(1));
    List<DashboardQuery> pending = new ArrayList<>();
    DashboardQueries.files(DASHBOARDS).forEach(file -> pending.addAll(dashboards.of(file)));
    assertThat(pending).isNotEmpty();
    await()
        .atMost(SCRAPES)
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .untilAsserted(
            () -> {
              pending.removeIf(query -> hasData(prometheus.query(query.expr())));
              assertThat(pending)
                  .as("queries without data: %s", pending)
                  .allMatch(DashboardQuery::mayBeEmpty);
            });
  }

  private static boolean hasData(List<Sample> result) {
    return result.stream().anyMatch(sample -> !Double.isNaN(sample.value()));
  }

  private static void awaitIslands(Prometheus prometheus, int islands) {
    prometheus.await(ISLANDS, SCRAPES, result -> Math.abs(value(result) - islands) < 1e-9);
  }

  private static double value(List<Sample> result) {
    return result.size() == 1 ? result.get(0).value() : Double.NaN;
  }

  /** As docs/exporter.md says. */
  private static String modjkJob(Exporter exporter) throws IOException {
    String manual = Files.readString(Product.ROOT.resolve("docs/exporter.md"));
    String job = manual.substring(manual.indexOf("  - job_name: modjk"));
    return job.substring(0, job.indexOf("  - job_name: tribescope"))
        .lines()
        .map(line -> line.substring("  - ".length()))
        .collect(joining("\n"))
        .replace("127.0.0.1:9407", exporter.target());
  }
}
