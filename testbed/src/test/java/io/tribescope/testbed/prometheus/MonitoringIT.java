package io.tribescope.testbed.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.Bed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real")
class MonitoringIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  @Test
  void whatPrometheusScrapesBecomesAnAlertAndANotification() throws Exception {
    try (Bed bed = Bed.open("monitoring")) {
      Webhook webhook = bed.webhook();
      Alertmanager alertmanager = bed.alertmanager(webhook);
      Alertmanager target = bed.alertmanager(webhook);
      Path rules = bed.directory().resolve("test.rules.yml");
      Files.writeString(
          rules,
          """
          groups:
            - name: test
              rules:
                - alert: TargetIsUp
                  expr: up{job="target"} == 1
                  labels: {cluster: c1}
                  annotations: {summary: It is up}
          """);

      Prometheus prometheus =
          bed.prometheus()
              .job("target", "127.0.0.1:" + target.uri().getPort())
              .scrapeConfig(
                  """
                  job_name: nothing
                  metrics_path: /nothing
                  static_configs:
                    - targets: ['127.0.0.1:%d']
                  """
                      .formatted(target.uri().getPort()))
              .rules(rules)
              .alertmanager(alertmanager)
              .start();

      prometheus.await("up{job='target'} == 1", DEADLINE, samples -> samples.size() == 1);
      prometheus.await("up{job='nothing'} == 0", DEADLINE, samples -> samples.size() == 1);
      assertThat(prometheus.value("scalar(vector(2.5))")).isEqualTo(2.5);

      webhook.awaitFiring("TargetIsUp", DEADLINE);
      assertThat(webhook.notifications()).hasSize(1);
      Notification notification = webhook.notifications().get(0);
      assertThat(notification.labels()).containsEntry("cluster", "c1");
      assertThat(notification.annotations()).containsEntry("summary", "It is up");

      target.close();
      webhook.awaitResolved("TargetIsUp", DEADLINE);
    }
  }
}
