package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Totals;
import io.tribescope.testbed.machine.TestBedException;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Cuts the first node off from the others, while users reach all of them, and heals it. */
final class SplitBrain {
  static final String ALERT = "TomcatClusterSplitBrain";

  // The rule's "for" is 1 m; it keeps firing for 2 m. The rest is for a busy machine.
  private static final Duration FIRING = Duration.ofMinutes(3);
  private static final Duration RESOLVED = Duration.ofMinutes(5);
  private static final Duration RULES = Duration.ofSeconds(60);

  private final Stage stage;
  private final Watch watch;
  private final Report report;
  private final SessionsAtRisk sessions;
  private final Cluster cluster;
  private final int nodes;

  SplitBrain(Stage stage, Watch watch, Report report, SessionsAtRisk sessions) {
    this.stage = stage;
    this.watch = watch;
    this.report = report;
    this.sessions = sessions;
    this.cluster = stage.cluster();
    this.nodes = cluster.nodes().size();
  }

  /** Returns whether there was a split. */
  boolean tell() {
    Node alone = cluster.node(1);
    List<Node> others = cluster.nodes().subList(1, nodes);
    report.say(
        "Cutting the links between %s and %s; users still reach every node"
            .formatted(
                alone.name(), others.stream().map(Node::name).collect(Collectors.joining(", "))));
    Totals before = stage.users().totals();
    try {
      others.forEach(other -> stage.bed().network().cut(alone, other));
    } catch (TestBedException e) {
      if (stage.bed().network().canCut()) {
        throw e;
      }
      report.cannot("split brain", "seen and alerted", String.valueOf(e.getMessage()));
      return false;
    }
    split(before);

    report.say("Mending the links");
    stage.bed().network().heal();
    heal();
    return true;
  }

  private void split(Totals before) {
    long cut = System.nanoTime();
    report.step(
        "links cut",
        Views.text(Views.firstAlone(nodes)),
        watch.until(cut, Story.MEMBERSHIP, now -> now.sees(Views.firstAlone(nodes))),
        Observation::membersText);
    sessions.split();
    if (stage.prometheus().isEmpty()) {
      report.cannot("split seen", "islands 2", "no Prometheus");
    } else {
      report.step(
          "split seen",
          "islands 2",
          watch.until(cut, RULES, now -> now.hasIslands(2)),
          Observation::islandsText);
    }
    if (canAlert()) {
      report.step(
          "split alerted",
          ALERT,
          watch.until(cut, FIRING, now -> now.firing().contains(ALERT)),
          Observation::alertsText);
    } else {
      report.cannot("split alerted", ALERT, "no Prometheus, or no Alertmanager");
    }
    served(before, stage.users().totals());
  }

  /** The danger of it: to users, and to the balancer, all is well. */
  private void served(Totals before, Totals after) {
    long failed = after.failed() - before.failed();
    long serving =
        after.answeredBy().entrySet().stream()
            .filter(node -> node.getValue() > before.answeredBy().getOrDefault(node.getKey(), 0L))
            .count();
    report.step(
        "users meanwhile",
        "served by %d nodes, 0 failed".formatted(nodes),
        "served by %d nodes, %d failed".formatted(serving, failed),
        serving == nodes && failed == 0);
  }

  private void heal() {
    long healed = System.nanoTime();
    report.step(
        "links mended",
        Views.text(Views.all(nodes)),
        watch.until(healed, Story.MEMBERSHIP, now -> now.sees(Views.all(nodes))),
        Observation::membersText);
    sessions.healed();
    if (stage.prometheus().isPresent()) {
      report.step(
          "whole again",
          "islands 1",
          watch.until(healed, RULES, now -> now.hasIslands(1)),
          Observation::islandsText);
    }
    if (canAlert()) {
      report.step(
          "alert resolved",
          "alerts none",
          watch.until(
              healed,
              RESOLVED,
              now -> now.firing().isEmpty() && stage.webhook().resolved(ALERT) > 0),
          Observation::alertsText);
    }
  }

  private boolean canAlert() {
    return stage.prometheus().isPresent() && stage.alertmanager().isPresent();
  }
}
