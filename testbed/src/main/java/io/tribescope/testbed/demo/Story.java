package io.tribescope.testbed.demo;

import java.io.PrintStream;
import java.time.Duration;

/** The story: whole, split, healed, a node lost and back; every step is measured. */
final class Story {
  static final Duration MEMBERSHIP = Duration.ofSeconds(60);
  private static final String ALERT = SplitBrain.ALERT;

  private final Stage stage;
  private final Watch watch;
  private final Report report;
  private final SessionsAtRisk sessions;

  Story(Stage stage, Watch watch, PrintStream out) {
    this.stage = stage;
    this.watch = watch;
    this.report = new Report(out);
    this.sessions = new SessionsAtRisk(stage, watch, report);
  }

  /** Tells it and returns the demo's exit code. */
  int tell() {
    whole();
    boolean split = new SplitBrain(stage, watch, report, sessions).tell();
    new Failover(stage, watch, report).tell();
    pages(split ? 1 : 0);
    return report.summarize();
  }

  private void whole() {
    int nodes = stage.cluster().nodes().size();
    report.say("A whole cluster: every node sees all, and the lag of its replicas is known");
    report.step(
        "cluster up",
        Views.text(Views.all(nodes)) + ", lag known",
        watch.until(
            System.nanoTime(),
            MEMBERSHIP,
            now -> now.sees(Views.all(nodes)) && now.lagSeconds().isPresent()),
        now -> now.membersText() + ", " + now.lagText());
    sessions.whole();
    report.step(
        "caches in touch",
        Observation.cachePeersText(Views.othersCaches(nodes)),
        watch.until(
            System.nanoTime(),
            MEMBERSHIP,
            now -> now.cachePeers().equals(Views.othersCaches(nodes))),
        Observation::cachePeersText);
    if (stage.prometheus().isPresent()) {
      report.step(
          "rules at work",
          "islands 1",
          watch.until(System.nanoTime(), MEMBERSHIP, now -> now.hasIslands(1)),
          Observation::islandsText);
    }
    if (stage.exporter().isEmpty()) {
      report.cannot("balancer", "workers " + nodes + " OK", "no httpd with mod_jk, or no exporter");
    } else {
      report.step(
          "balancer",
          "workers " + nodes + " OK",
          watch.until(System.nanoTime(), MEMBERSHIP, now -> now.allWorkersOk(nodes)),
          Observation::workersText);
    }
  }

  /** A node that merely died is no split brain. */
  private void pages(int expected) {
    if (stage.prometheus().isEmpty() || stage.alertmanager().isEmpty()) {
      return;
    }
    long said = stage.webhook().firing(ALERT);
    report.step(
        "pages in all",
        "%d of %s".formatted(expected, ALERT),
        "%d of %s".formatted(said, ALERT),
        said == expected);
  }
}
