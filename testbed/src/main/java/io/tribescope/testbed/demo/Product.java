package io.tribescope.testbed.demo;

import java.nio.file.Path;

/** What the demo shows, as the build left it in the checkout. */
final class Product {
  private static final Path ROOT =
      Path.of(System.getProperty("tribescope.root", "..")).toAbsolutePath().normalize();

  private Product() {}

  static Path agent() {
    return ROOT.resolve("agent/target/tribescope-agent.jar");
  }

  static Path exporter() {
    return ROOT.resolve("exporter/target/tribescope-exporter.jar");
  }

  /** The shipped rules, unchanged; the last part is a pattern of Prometheus'. */
  static Path rules() {
    return ROOT.resolve("dashboards/prometheus/*.rules.yml");
  }

  static Path dashboards() {
    return ROOT.resolve("dashboards/grafana");
  }
}
