package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import io.tribescope.testbed.Session;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What would be lost if a node died now: at least the unreplicated, at most the unconfirmed. */
@Tag("real")
class AtRiskIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String UNREPLICATED = "tomcat_session_unreplicated";
  private static final String UNCONFIRMED = "tomcat_session_unconfirmed";
  private static final String[] APP = {"context", "localhost/app"};

  @Test
  void sessionsAreAtRiskWhileNobodyElseHoldsThem() {
    try (Bed bed = Bed.open("at-risk");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(Product.AGENT, "cluster=shop").create();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);

      owner.start();
      Scrape alone = owner.scrape();
      long begin = System.nanoTime();
      List<Session> sessions = client.create(owner, 3);
      sessions.get(0).write("k", "alone");
      long changed = System.nanoTime();
      awaitValue(owner, UNREPLICATED, 3);
      assertThat(owner.scrape().value("tomcat_sessions", "role", "primary")).isEqualTo(3);
      assertThat(
              increase(
                  alone, owner.scrape(), "tomcat_session_requests_total", "outcome", "no_members"))
          .isEqualTo(4);
      assertAgeBetween(owner, UNREPLICATED, begin, changed);

      // With its start the peer fetches them all.
      peer.start();
      cluster.awaitMesh();
      awaitAtRest(owner);
      assertThat(peer.scrape().value("tomcat_sessions", "role", "backup")).isEqualTo(3);

      peer.kill();
      cluster.awaitMembers(owner);
      awaitValue(owner, UNREPLICATED, 3);
      peer.start();
      cluster.awaitMesh();
      awaitAtRest(owner);
    }
  }

  @Test
  void withoutAcknowledgementTheReceiptsSayWhatArrived() {
    try (Bed bed = Bed.open("at-risk-written");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(Product.AGENT, "cluster=shop").start();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);
      List<Session> sessions = client.create(owner, 3);
      await().atMost(DEADLINE).until(() -> sessions.stream().allMatch(peer::holds));
      awaitAtRest(owner);

      // Its kernel takes what it will not read: nothing failed, and nothing is known.
      peer.freeze();
      long begin = System.nanoTime();
      sessions.get(0).write("k", "frozen");
      long changed = System.nanoTime();
      sessions.get(1).write("k", "frozen");
      awaitValue(owner, UNCONFIRMED, 2);
      assertThat(owner.scrape().value(UNREPLICATED, APP)).isZero();
      assertAgeBetween(owner, UNCONFIRMED, begin, changed);
      double age = owner.scrape().value(UNCONFIRMED + "_oldest_seconds", APP);
      awaitScrape(
          owner,
          DEADLINE,
          scrape ->
              assertThat(scrape.value(UNCONFIRMED + "_oldest_seconds", APP)).isGreaterThan(age));
      peer.resume();
      await().atMost(DEADLINE).until(() -> "frozen".equals(peer.peek(sessions.get(1), "k")));
      awaitAtRest(owner);

      // What no request made no request replicates: it waits for the session's next one.
      sessions.get(2).writeLater("k", "outside");
      awaitAtRest(owner);
      owner.runLater();
      assertThat(peer.peek(sessions.get(2), "k")).isNull();
      awaitValue(owner, UNCONFIRMED, 1);
      assertThat(owner.scrape().value(UNREPLICATED, APP)).isZero();
      sessions.get(2).touch();
      await().atMost(DEADLINE).until(() -> "outside".equals(peer.peek(sessions.get(2), "k")));
      awaitAtRest(owner);
      assertThat(owner.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  @Test
  void anAcknowledgementConfirmsAtOnceAndACutIsKnown() {
    try (Bed bed = Bed.open("at-risk-acknowledged");
        Client client = bed.client(Duration.ofSeconds(30))) {
      // Without receipts: what is confirmed is so by the acknowledgement.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(6)
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);
      List<Session> sessions = client.create(owner, 3);
      sessions.forEach(session -> session.write("k", "healthy"));
      Scrape healthy = owner.scrape();
      assertThat(healthy.value(UNCONFIRMED, APP)).isZero();
      assertThat(healthy.value(UNREPLICATED, APP)).isZero();
      assertThat(healthy.value(UNCONFIRMED + "_oldest_seconds", APP)).isZero();
      assertThat(healthy.value(UNREPLICATED + "_oldest_seconds", APP)).isZero();

      bed.network().cut(owner, peer);
      sessions.get(0).write("k", "cut");
      cluster.awaitMembers(owner);
      cluster.awaitMembers(peer);
      sessions.get(1).write("k", "alone");
      awaitValue(owner, UNREPLICATED, 3);
      awaitValue(owner, UNCONFIRMED, 3);

      // The peer lived on, and holds what it held. The first change had been handed to the kernel
      // and may arrive even now; the second was never sent.
      bed.network().heal();
      cluster.awaitMesh();
      awaitValue(owner, UNREPLICATED, 1);
      awaitValue(owner, UNCONFIRMED, 2);
      assertThat(peer.peek(sessions.get(1), "k")).isEqualTo("healthy");
      assertThat(peer.peek(sessions.get(2), "k")).isEqualTo("healthy");

      for (Session changed : sessions.subList(0, 2)) {
        changed.write("k", "healed");
        assertThat(peer.peek(changed, "k")).isEqualTo("healed");
      }
      awaitAtRest(owner);
      assertThat(owner.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  private static void awaitAtRest(Node owner) {
    awaitScrape(
        owner,
        DEADLINE,
        scrape -> {
          assertThat(scrape.value(UNCONFIRMED, APP)).isZero();
          assertThat(scrape.value(UNREPLICATED, APP)).isZero();
          assertThat(scrape.value(UNCONFIRMED + "_oldest_seconds", APP)).isZero();
          assertThat(scrape.value(UNREPLICATED + "_oldest_seconds", APP)).isZero();
        });
  }

  private static void awaitValue(Node owner, String name, int sessions) {
    awaitScrape(owner, DEADLINE, scrape -> assertThat(scrape.value(name, APP)).isEqualTo(sessions));
  }

  /** The oldest such change was made between two moments, and so was asked for. */
  private static void assertAgeBetween(Node owner, String name, long begin, long changed) {
    long asked = System.nanoTime();
    double age = owner.scrape().value(name + "_oldest_seconds", APP);
    long answered = System.nanoTime();
    // Published ages may be rounded to the millisecond of the clock they come from.
    assertThat(age).isBetween((asked - changed) / 1e9 - 0.002, (answered - begin) / 1e9 + 0.002);
  }
}
