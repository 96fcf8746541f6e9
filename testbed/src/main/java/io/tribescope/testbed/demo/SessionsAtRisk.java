package io.tribescope.testbed.demo;

import io.tribescope.testbed.clients.Session;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a split does to sessions: as the agents say it, and as the users' own requests prove it. */
final class SessionsAtRisk {
  private final Stage stage;
  private final Watch watch;
  private final Report report;
  private final List<OptionalInt> none;
  private final Carts carts;

  SessionsAtRisk(Stage stage, Watch watch, Report report) {
    this.stage = stage;
    this.watch = watch;
    this.report = report;
    this.none = Collections.nCopies(stage.cluster().nodes().size(), OptionalInt.of(0));
    this.carts = new Carts(stage.cluster().nodes());
  }

  /** Of a whole cluster. */
  void whole() {
    unreplicated("sessions safe", none);
  }

  /** While the first node is cut off. */
  void split() {
    List<Session> users = stage.users().sessions();
    report.say("Each of the %d users fills a cart, on its side of the cut".formatted(users.size()));
    carts.fill(users);
    unreplicated("sessions at risk", carts.risk().unreplicated());
  }

  /** After the heal the newest changes pass again, and what was missed stays missed. */
  void healed() {
    report.say("Every user goes on to another page, and the carts stay as they are");
    carts.leave();
    unreplicated("sessions safe again", none);
    missed();
    compared();
  }

  private void unreplicated(String step, List<OptionalInt> expected) {
    report.step(
        step,
        Risk.unreplicatedText(expected),
        watch.until(
            System.nanoTime(), Story.MEMBERSHIP, now -> now.risk().unreplicated().equals(expected)),
        now -> now.risk().unreplicatedText());
  }

  private void missed() {
    List<SortedMap<String, Integer>> expected = carts.risk().missed();
    report.step(
        "changes missed",
        Risk.missedText(expected),
        watch.until(
            System.nanoTime(),
            Story.MEMBERSHIP,
            now -> now.risk().among(expected).missed().equals(expected)),
        now -> now.risk().among(expected).missedText());
  }

  private void compared() {
    int replicas = carts.replicasBeyond();
    AtomicInteger lacking = new AtomicInteger();
    report.step(
        "replicas compared",
        "%1$d of %1$d lack the cart".formatted(replicas),
        watch.until(
            System.nanoTime(),
            Story.MEMBERSHIP,
            now -> {
              lacking.set(carts.lackingBeyond());
              return lacking.get() == replicas;
            }),
        now -> "%d of %d lack the cart".formatted(lacking.get(), replicas));
  }
}
