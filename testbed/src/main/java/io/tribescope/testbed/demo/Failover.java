package io.tribescope.testbed.demo;

import io.tribescope.testbed.Client;
import io.tribescope.testbed.Endpoint;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Session;
import io.tribescope.testbed.Verdict;
import io.tribescope.testbed.demo.Watch.Sighting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Kills the last node, looks what became of its sessions, and starts it again. */
final class Failover {
  private static final Duration START = Duration.ofMinutes(3);
  private static final int VISITORS = 60;
  private static final String KEY = "cart";

  private final Stage stage;
  private final Watch watch;
  private final Report report;
  private final List<Node> nodes;
  private final List<Node> survivors;
  private final Node victim;
  private final Endpoint entrance;
  private final Client visitors;

  Failover(Stage stage, Watch watch, Report report) {
    this.stage = stage;
    this.watch = watch;
    this.report = report;
    this.nodes = stage.cluster().nodes();
    this.survivors = nodes.subList(0, nodes.size() - 1);
    this.victim = nodes.get(nodes.size() - 1);
    this.entrance = stage.httpd().<Endpoint>map(httpd -> httpd).orElse(victim);
    this.visitors = stage.bed().client();
  }

  void tell() {
    report.say(
        "%d visitors come, each with a session; waiting for the replicas of those of %s"
            .formatted(VISITORS, victim.name()));
    List<Session> atStake = arrive();
    report.step(
        "replicated",
        "%1$d of %1$d replicas".formatted(all(atStake)),
        watch.until(System.nanoTime(), Story.MEMBERSHIP, now -> replicas(atStake) == all(atStake)),
        now -> "%d of %d replicas".formatted(replicas(atStake), all(atStake)));

    report.say("Killing %s (kill -9), and every visitor comes back".formatted(victim.name()));
    victim.kill();
    long killed = System.nanoTime();
    sessions(killed);
    dropped(killed);

    report.say("Starting %s again".formatted(victim.name()));
    restart();
  }

  /**
   * The visitors whose session the victim owns. Each has come before it fills its cart: by
   * asynchronous options Tomcat sends the creation of a session and the change that the same
   * request makes on two threads, and where the change comes first, the replica never has it.
   */
  private List<Session> arrive() {
    visitors.create(entrance, VISITORS).forEach(session -> session.write(KEY, "filled"));
    return visitors.sessions().stream()
        .filter(session -> victim.name().equals(session.node()))
        .toList();
  }

  private long all(List<Session> atStake) {
    return (long) atStake.size() * survivors.size();
  }

  private long replicas(List<Session> atStake) {
    return survivors.stream()
        .mapToLong(
            node -> atStake.stream().filter(session -> node.peek(session, KEY) != null).count())
        .sum();
  }

  private void sessions(long killed) {
    if (stage.httpd().isEmpty()) {
      visitors.sessions().forEach(session -> session.via(survivors.get(0)));
    }
    Verdict verdict = visitors.verify();
    report.step(
        "sessions fail over",
        "survived %d, lost 0, stale 0, unanswered 0".formatted(VISITORS),
        verdict.toString(),
        Duration.ofNanos(System.nanoTime() - killed),
        verdict.survived().size() == VISITORS);
  }

  private void dropped(long killed) {
    report.step(
        "node dropped",
        Views.text(Views.lastDead(nodes.size())),
        watch.until(killed, Story.MEMBERSHIP, now -> now.sees(Views.lastDead(nodes.size()))),
        Observation::membersText);
    if (stage.exporter().isPresent()) {
      report.step(
          "worker in error",
          "workers %d OK, %s ERR".formatted(survivors.size(), victim.name()),
          watch.until(killed, Story.MEMBERSHIP, this::victimInError),
          Observation::workersText);
    }
  }

  private boolean victimInError(Observation now) {
    return now.workers().getOrDefault(victim.name(), "").startsWith("ERR");
  }

  private void restart() {
    long began = System.nanoTime();
    CompletableFuture<Void> start = CompletableFuture.runAsync(victim::start);
    Sighting back =
        watch.until(
            began,
            START,
            now -> {
              newcomer();
              return start.isCompletedExceptionally()
                  || (now.sees(Views.all(nodes.size())) && inUse(now));
            });
    report.step(
        "node back",
        Views.text(Views.all(nodes.size())) + workersText(nodes.size() + " OK"),
        start.isCompletedExceptionally() ? new Sighting(false, back.last(), back.passed()) : back,
        now -> now.membersText() + (stage.exporter().isPresent() ? ", " + now.workersText() : ""));
  }

  private String workersText(String workers) {
    return stage.exporter().isPresent() ? ", workers " + workers : "";
  }

  private boolean inUse(Observation now) {
    return stage.exporter().isEmpty() || now.allWorkersOk(nodes.size());
  }

  /** mod_jk gives a worker in error its trial only by a request that no session binds elsewhere. */
  private void newcomer() {
    if (stage.httpd().isEmpty()) {
      return;
    }
    try {
      visitors.create(entrance);
    } catch (UncheckedIOException counted) {
      // The next second's newcomer tries again.
    }
  }
}
