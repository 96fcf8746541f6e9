package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
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

/** What would be lost if a node died now, between its lower and its upper bound. */
@Tag("real")
class AtRiskIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int SESSIONS = 10;
  private static final int CHANGED = 4;

  /** Without acknowledgements: what arrived is known by the other agent's receipts. */
  @Test
  void asynchronously() {
    try (Bed bed = Bed.open("at-risk");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(8)
              .agent(Product.AGENT, "cluster=shop")
              .create();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);

      owner.start();
      List<Session> sessions = client.create(owner, SESSIONS);
      awaitAtRisk(owner, SESSIONS, SESSIONS);

      // The peer gets the state of all, and says so.
      peer.start();
      cluster.awaitMesh();
      awaitAtRisk(owner, 0, 0);
      Scrape before = owner.scrape();
      assertThat(before.value("tomcat_session_unreplicated_oldest_seconds")).isZero();
      assertThat(before.value("tomcat_session_unconfirmed_oldest_seconds")).isZero();

      // Frozen, it may have got what was written to it.
      peer.freeze();
      long begin = System.nanoTime();
      sessions.subList(0, CHANGED).forEach(session -> session.write("k", "while frozen"));
      awaitAtRisk(owner, 0, CHANGED);
      Scrape frozen = owner.scrape();
      assertThat(frozen.value("tomcat_session_unconfirmed_oldest_seconds"))
          .isPositive()
          .isLessThan((System.nanoTime() - begin) / 1e9);
      peer.resume();
      awaitAtRisk(owner, 0, 0);
      await()
          .atMost(DEADLINE)
          .until(
              () ->
                  sessions.subList(0, CHANGED).stream()
                      .allMatch(session -> "while frozen".equals(peer.peek(session, "k"))));

      // Dead, it holds nothing any more, also of what has not changed.
      peer.kill();
      awaitAtRisk(owner, SESSIONS, SESSIONS);
      peer.start();
      cluster.awaitMesh();
      awaitAtRisk(owner, 0, 0);

      Scrape after = owner.scrape();
      assertThat(after.value("tomcat_session_missed_changes", "member", peer.member())).isZero();
      assertThat(after.value("tomcat_cluster_messages_missing_total")).isZero();
      assertThat(after.sum("tribescope_agent_advice_errors_total")).isZero();
      assertThat(peer.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  private static void awaitAtRisk(Node owner, int unreplicated, int unconfirmed) {
    awaitScrape(
        owner,
        DEADLINE,
        scrape -> {
          assertThat(scrape.value("tomcat_session_unreplicated")).isEqualTo(unreplicated);
          assertThat(scrape.value("tomcat_session_unconfirmed")).isEqualTo(unconfirmed);
        });
  }
}
