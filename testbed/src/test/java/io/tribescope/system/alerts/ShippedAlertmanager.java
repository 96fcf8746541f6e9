package io.tribescope.system.alerts;

import io.tribescope.system.Product;
import io.tribescope.testbed.prometheus.Webhook;
import java.io.IOException;
import java.nio.file.Files;

/** The shipped example of Alertmanager's configuration, as a test can use it. */
final class ShippedAlertmanager {
  private ShippedAlertmanager() {}

  /** With the test's receiver, and without waiting for more of a group. */
  static String config(Webhook webhook) throws IOException {
    String example =
        Files.readString(Product.ROOT.resolve("dashboards/prometheus/alertmanager.example.yml"));
    return example
        .replaceAll("http://\\w+\\.example\\.org/tribescope", webhook.uri().toString())
        .replace("group_wait: 30s", "group_wait: 1s")
        .replace("group_interval: 5m", "group_interval: 5s");
  }
}
