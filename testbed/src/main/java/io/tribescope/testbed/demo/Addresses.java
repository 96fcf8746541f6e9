package io.tribescope.testbed.demo;

import io.tribescope.testbed.nodes.Node;
import java.io.PrintStream;

/** Says where everything is. */
final class Addresses {
  private final Stage stage;

  Addresses(Stage stage) {
    this.stage = stage;
  }

  void print(PrintStream out) {
    out.println();
    for (Node node : stage.cluster().nodes()) {
      line(out, node.name(), node.application() + "/all");
      line(out, "  its agent", node.agent("/metrics"));
    }
    stage
        .httpd()
        .ifPresent(
            httpd -> {
              line(out, "httpd", httpd.application() + "/all");
              line(out, "  jkstatus", httpd.status());
            });
    stage.exporter().ifPresent(exporter -> line(out, "exporter", exporter.uri(Stage.PROBE)));
    stage.prometheus().ifPresent(prometheus -> line(out, "Prometheus", prometheus.uri()));
    stage.alertmanager().ifPresent(alertmanager -> line(out, "Alertmanager", alertmanager.uri()));
    line(out, "dashboard", Product.dashboards() + " (for a Grafana that asks this Prometheus)");
    line(out, "logs", stage.bed().directory());
  }

  private static void line(PrintStream out, String what, Object where) {
    out.printf("  %-13s %s%n", what, where);
  }
}
