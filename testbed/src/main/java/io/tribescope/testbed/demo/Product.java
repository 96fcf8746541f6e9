package io.tribescope.testbed.demo;

import io.tribescope.testbed.machine.Checkout;
import java.nio.file.Path;

/** What the demo shows, as the build left it in the checkout. */
final class Product {
  private Product() {}

  static Path agent() {
    return Checkout.path("agent/target/tribescope-agent.jar");
  }

  static Path exporter() {
    return Checkout.path("exporter/target/tribescope-exporter.jar");
  }

  /** The shipped rules, unchanged; the last part is a pattern of Prometheus'. */
  static Path rules() {
    return Checkout.path("dashboards/prometheus/*.rules.yml");
  }

  static Path dashboards() {
    return Checkout.path("dashboards/grafana");
  }
}
