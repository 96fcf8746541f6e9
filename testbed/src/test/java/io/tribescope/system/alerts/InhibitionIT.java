package io.tribescope.system.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.prometheus.Alertmanager;
import io.tribescope.testbed.prometheus.Webhook;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a split brain explains is not said beside it: the shipped routes in a real Alertmanager. */
@Tag("real")
class InhibitionIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String SPLIT = "TomcatClusterSplitBrain";
  private static final String PARTIAL = "TomcatClusterPartialPartition";
  private static final String MISSING = "TomcatClusterNodeMissing";

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aSplitSilencesWhatItExplainsInItsOwnClusterAlone() throws Exception {
    try (Bed bed = Bed.open("inhibition")) {
      Webhook webhook = bed.webhook();
      Alertmanager alertmanager = bed.alertmanager(ShippedAlertmanager.config(webhook));

      // The second comes from the exporter's verdict alone.
      post(alertmanager, critical(SPLIT, "shop", "tomcat"), critical(SPLIT, "bank", ""));
      awaitFiring(webhook, SPLIT + " shop", SPLIT + " bank");
      post(
          alertmanager,
          warning(PARTIAL, "shop", "tomcat"),
          warning(MISSING, "shop", "tomcat"),
          warning(MISSING, "bank", "tomcat"),
          warning(MISSING, "mail", "tomcat"));
      awaitFiring(webhook, SPLIT + " shop", SPLIT + " bank", MISSING + " mail");

      // By the time a later alert is sent, the earlier ones would have been.
      post(alertmanager, warning(MISSING, "news", "tomcat"));
      awaitFiring(webhook, SPLIT + " shop", SPLIT + " bank", MISSING + " mail", MISSING + " news");
    }
  }

  /** Exactly these, as alert and cluster. */
  private static void awaitFiring(Webhook webhook, String... expected) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(firing(webhook)).containsExactlyInAnyOrder(expected));
  }

  private static Set<String> firing(Webhook webhook) {
    return webhook.notifications().stream()
        .filter(said -> said.firing())
        .map(said -> said.name() + " " + said.labels().get("cluster"))
        .collect(Collectors.toSet());
  }

  private void post(Alertmanager alertmanager, String... alerts)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(alertmanager.uri() + "/api/v2/alerts"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("[" + String.join(",", List.of(alerts)) + "]"))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static String critical(String alert, String cluster, String job) {
    return alert(alert, cluster, job, "critical");
  }

  private static String warning(String alert, String cluster, String job) {
    return alert(alert, cluster, job, "warning");
  }

  private static String alert(String alert, String cluster, String job, String severity) {
    String labels =
        "\"alertname\":\"%s\",\"cluster\":\"%s\",\"severity\":\"%s\""
            .formatted(alert, cluster, severity);
    return "{\"labels\":{" + labels + (job.isEmpty() ? "" : ",\"job\":\"" + job + "\"") + "}}";
  }
}
