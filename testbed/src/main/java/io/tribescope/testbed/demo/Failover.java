package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Endpoint;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.clients.Verdict;
import io.tribescope.testbed.demo.Watch.Sighting;
import io.tribescope.testbed.nodes.Node;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

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
        "%d visitors come, each with a session; %s is to die".formatted(VISITORS, victim.name()));
    visitors.create(entrance, VISITORS);
    List<Session> atStake =
        visitors.sessions().stream()
            .filter(session -> victim.name().equals(session.node()))
            .toList();
    // By asynchronous options Tomcat sends a session's creation and a change soon after it on two
    // threads, and where the change comes first, the replica never has it.
    replicated("sessions replicated", atStake, Node::holds);
    visitors.sessions().forEach(session -> session.write(KEY, "filled"));
    replicated("carts replicated", atStake, (node, session) -> node.peek(session, KEY) != null);

    report.say("Killing %s (kill -9), and every visitor comes back".formatted(victim.name()));
    victim.kill();
    long killed = System.nanoTime();
    sessions(killed);
    dropped(killed);

    report.say("Starting %s again".formatted(victim.name()));
    restart();
  }

  private void replicated(
      String step, List<Session> atStake, BiPredicate<Node, Session> replicated) {
    int all = atStake.size() * survivors.size();
    AtomicLong seen = new AtomicLong();
    Sighting sighting =
        watch.until(
            System.nanoTime(),
            Story.MEMBERSHIP,
            now -> {
              seen.set(survivors.stream().mapToLong(node -> on(node, atStake, replicated)).sum());
              return seen.get() == all;
            });
    report.step(
        step,
        "%1$d of %1$d replicas".formatted(all),
        sighting,
        now -> "%d of %d replicas".formatted(seen.get(), all));
  }

  /** How many a node is seen to have; a slow answer is one that is not seen yet. */
  private static long on(Node node, List<Session> atStake, BiPredicate<Node, Session> replicated) {
    long seen = 0;
    try {
      for (Session session : atStake) {
        seen += replicated.test(node, session) ? 1 : 0;
      }
    } catch (UncheckedIOException slow) {
      // The next second's look tries again.
    }
    return seen;
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
                  || (start.isDone() && now.sees(Views.all(nodes.size())) && inUse(now));
            });
    report.step(
        "node back",
        Views.text(Views.all(nodes.size())) + workersText(nodes.size() + " OK"),
        start.isCompletedExceptionally() ? new Sighting(false, back.last(), back.passed()) : back,
        now -> now.membersText() + (stage.exporter().isPresent() ? ", " + now.workersText() : ""));
    String failure = start.handle((none, thrown) -> reason(thrown)).getNow("");
    if (!failure.isEmpty()) {
      report.say("%s did not start: %s".formatted(victim.name(), failure));
    }
  }

  private static String reason(@Nullable Throwable failure) {
    return failure == null ? "" : String.valueOf(failure.getCause());
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
