package io.tribescope.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The examples agree with the rules, the dashboards and the two programs' ports. */
class ExampleConfigurationTest {
  private final JsonNode prometheus =
      Shipped.yaml(Shipped.DASHBOARDS.resolve("prometheus/prometheus.example.yml"));
  private final JsonNode readme = Shipped.yaml(Shipped.snippet(Shipped.ROOT.resolve("README.md")));
  private final JsonNode exporterPage =
      Shipped.yaml(Shipped.snippet(Shipped.ROOT.resolve("docs/exporter.md")));
  private final JsonNode alertmanager =
      Shipped.yaml(Shipped.DASHBOARDS.resolve("prometheus/alertmanager.example.yml"));

  @Test
  void agentsAndExporterAreScrapedAtTheirPorts() {
    for (JsonNode configuration : List.of(prometheus, readme)) {
      assertThat(job(configuration, "tomcat").at("/static_configs/0/targets"))
          .isNotEmpty()
          .allSatisfy(target -> assertThat(target.asText()).endsWith(":9406"));
    }
    for (JsonNode configuration : List.of(prometheus, exporterPage)) {
      assertThat(job(configuration, "tribescope").at("/static_configs/0/targets/0").asText())
          .endsWith(":9407");
    }
  }

  /** Whichever page somebody copied from, dashboards and rules find the same labels. */
  @Test
  void modJkIsScrapedInOneWay() {
    JsonNode modjk = job(readme, "modjk");
    assertThat(job(prometheus, "modjk")).isEqualTo(modjk);
    assertThat(job(exporterPage, "modjk")).isEqualTo(modjk);
    assertThat(modjk.at("/static_configs/0/labels/cluster").asText()).isEqualTo("shop");
    assertThat(modjk.path("metrics_path").asText()).isEqualTo("/probe");
    assertThat(modjk.at("/static_configs/0/targets/0").asText()).isEqualTo("main");
    assertThat(modjk.path("relabel_configs"))
        .extracting(relabel -> relabel.path("target_label").asText())
        .containsExactly("__param_target", "instance", "__address__");
    assertThat(modjk.at("/relabel_configs/2/replacement").asText()).endsWith(":9407");
  }

  /** The rules remember a failed scrape's last answer for a minute: two intervals must fit in. */
  @Test
  void scrapesAreFrequentEnoughForTheRules() {
    for (JsonNode configuration : List.of(prometheus, readme)) {
      assertThat(duration(configuration.at("/global/scrape_interval").asText()))
          .isLessThanOrEqualTo(Duration.ofSeconds(30));
    }
  }

  @Test
  void alertsAreSentSomewhere() {
    for (JsonNode configuration : List.of(prometheus, readme)) {
      assertThat(configuration.at("/alerting/alertmanagers/0/static_configs/0/targets/0").asText())
          .endsWith(":9093");
    }
  }

  /** Otherwise the inhibited alert is sent before what inhibits it. */
  @Test
  void anInhibitedAlertTakesLongerThanTheOneThatInhibitsIt() {
    Map<String, Duration> delays =
        Shipped.alerts()
            .collect(
                Collectors.toMap(
                    rule -> rule.path("alert").asText(),
                    rule -> duration(rule.path("for").asText())));
    assertThat(alertmanager.path("inhibit_rules")).isNotEmpty();
    for (JsonNode inhibition : alertmanager.path("inhibit_rules")) {
      Duration slowest =
          named(inhibition.path("source_matchers"), delays).stream()
              .map(delays::get)
              .max(Duration::compareTo)
              .orElseThrow();
      assertThat(named(inhibition.path("target_matchers"), delays))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(delays.get(name)).as(name).isGreaterThan(slowest));
      assertThat(inhibition.path("equal"))
          .extracting(JsonNode::asText)
          .as("an unrelated cluster's alert must not be silenced")
          .contains("cluster");
    }
  }

  @Test
  void aSplitInhibitsWhatFollowsFromIt() {
    assertThat(alertmanager.at("/inhibit_rules/0/source_matchers/0").asText())
        .isEqualTo("alertname=\"TomcatClusterSplitBrain\"");
    assertThat(alertmanager.at("/inhibit_rules/0/target_matchers/0").asText())
        .contains("TomcatClusterPartialPartition", "TomcatClusterNodeMissing");
    assertThat(alertmanager.at("/inhibit_rules/0/equal"))
        .extracting(JsonNode::asText)
        .containsExactly("cluster", "job");
  }

  @Test
  void grafanaIsProvisionedWithAPrometheusAndAFolderOfFiles() {
    JsonNode datasource =
        Shipped.yaml(Shipped.DASHBOARDS.resolve("grafana/provisioning/datasources/tribescope.yml"));
    assertThat(datasource.path("apiVersion").asInt()).isEqualTo(1);
    assertThat(datasource.at("/datasources/0/type").asText()).isEqualTo("prometheus");
    assertThat(datasource.at("/datasources/0/jsonData/timeInterval"))
        .isEqualTo(prometheus.at("/global/scrape_interval"));

    JsonNode provider =
        Shipped.yaml(Shipped.DASHBOARDS.resolve("grafana/provisioning/dashboards/tribescope.yml"));
    assertThat(provider.path("apiVersion").asInt()).isEqualTo(1);
    assertThat(provider.at("/providers/0/type").asText()).isEqualTo("file");
    assertThat(provider.at("/providers/0/options/path").asText()).startsWith("/");
  }

  private static JsonNode job(JsonNode configuration, String name) {
    return StreamSupport.stream(configuration.path("scrape_configs").spliterator(), false)
        .filter(job -> job.path("job_name").asText().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no scrape job " + name));
  }

  private static List<String> named(JsonNode matchers, Map<String, Duration> alerts) {
    String text = matchers.toString();
    return alerts.keySet().stream().filter(text::contains).toList();
  }

  /** Prometheus's durations of one unit: 15s, 1m, 2h. */
  private static Duration duration(String text) {
    return Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
  }
}
