package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.system.Scrapes;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that both changed a session, each without the other's change. */
@Tag("real")
class OwnershipIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String CONFLICTS = "tomcat_session_ownership_conflicts_total";
  private static final String DISCARDED = "tomcat_cluster_messages_discarded_total";
  private static final int MORE = 10;

  @Test
  void throughTwoBalancersEachSideCountsTheOthersNextChangeOnce() {
    try (Bed bed = Bed.open("ownership-balanced");
        Client client = bed.client()) {
      // Acknowledged, so that a session's new id is known before its next request.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(6)
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      // Two entrances, each of which knows the Tomcat of its own side.
      Httpd left = bed.httpd(cluster, only(first));
      Httpd right = bed.httpd(cluster, only(second));
      Session session = client.create(left);
      session.write("k", "by first");
      await().atMost(DEADLINE).until(() -> second.holds(session));

      // A failover, though the owner lives: over there and back, under a new id each time.
      session.via(right).write("k", "by second");
      assertThat(session.id()).endsWith("." + second.name());
      awaitValue(first, session, "by second");
      session.via(left).write("k", "by first again");
      assertThat(session.id()).endsWith("." + first.name());
      awaitValue(second, session, "by first again");
      assertConflicts(first, 0);
      assertConflicts(second, 0);

      bed.network().cut(first, second);
      cluster.awaitMembers(first);
      cluster.awaitMembers(second);
      Session other = client.returning(right, session.id());
      session.write("k", "on the left");
      other.write("k", "on the right");
      assertThat(session.id()).endsWith("." + first.name());
      assertThat(other.id()).endsWith("." + second.name());
      assertThat(client.totals().lost()).isZero();
      bed.network().heal();
      cluster.awaitMesh();
      assertConflicts(first, 0);
      assertConflicts(second, 0);

      // Neither side knows the session by the other's id: what comes is of no use to it.
      other.write("k", "by second, who never saw the first's");
      awaitStrays(first, second, 1);
      assertConflicts(first, second, 1);
      for (int change = 0; change < MORE; change++) {
        other.write("k", "second's " + change);
      }
      awaitStrays(first, second, 1 + MORE);
      assertConflicts(first, second, 1);
      assertConflicts(second, 0);

      session.write("k", "by first, who never saw the second's");
      awaitStrays(second, first, 1);
      assertConflicts(second, first, 1);
      for (int change = 0; change < MORE; change++) {
        session.write("k", "first's " + change);
      }
      awaitStrays(second, first, 1 + MORE);
      assertConflicts(second, first, 1);
      assertConflicts(first, second, 1);
      for (Node node : cluster.nodes()) {
        assertThat(node.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
      }
    }
  }

  private static Map<String, String> only(Node node) {
    return Map.of("worker.loadbalancer.balance_workers", node.name());
  }

  /** Waits until that many changes from there have found no session. */
  private static void awaitStrays(Node node, Node from, int changes) {
    String[] strays = {"member", from.member(), "reason", "no_session"};
    awaitScrape(
        node, DEADLINE, scrape -> assertThat(count(scrape, DISCARDED, strays)).isEqualTo(changes));
  }

  @Test
  void aSessionChangedOnBothSidesIsAConflictWhereTheNextChangeArrives() {
    try (Bed bed = Bed.open("ownership");
        Client client = bed.client()) {
      // Both serve the session by the same id, as where stickiness is by another cookie.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              // In order, so that the last of many changes is the one that stays.
              .sendOptions(6)
              .without("JvmRouteBinderValve")
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      Scrapes.awaitClock(first, second);
      Scrapes.awaitClock(second, first);
      Session session = client.create(first);
      await().atMost(DEADLINE).until(() -> second.holds(session));

      // Whoever serves it next, with the other's change at hand, takes it over in peace.
      session.write("k", "by first");
      awaitValue(second, session, "by first");
      session.via(second).write("k", "by second");
      awaitValue(first, session, "by second");
      session.via(first).write("k", "by first again");
      awaitValue(second, session, "by first again");
      assertConflicts(first, 0);
      assertConflicts(second, 0);

      bed.network().cut(first, second);
      cluster.awaitMembers(first);
      cluster.awaitMembers(second);
      session.write("k", "on the first's side");
      Session other = client.returning(second, session.id());
      other.write("k", "on the second's side");
      bed.network().heal();
      cluster.awaitMesh();
      assertThat(first.peek(session, "k")).isEqualTo("on the first's side");
      assertThat(second.peek(session, "k")).isEqualTo("on the second's side");
      assertConflicts(first, 0);
      assertConflicts(second, 0);

      other.write("k", "by second, who never saw the first's");
      awaitValue(first, session, "by second, who never saw the first's");
      assertConflicts(first, second, 1);
      assertConflicts(second, 0);

      for (int change = 0; change < MORE; change++) {
        other.write("k", "second's " + change);
      }
      awaitValue(first, session, "second's " + (MORE - 1));
      assertConflicts(first, second, 1);
      assertConflicts(second, 0);

      // Nor did the first ever see what the second had changed meanwhile.
      for (int change = 0; change < MORE; change++) {
        session.write("k", "first's " + change);
      }
      awaitValue(second, session, "first's " + (MORE - 1));
      assertConflicts(second, first, 1);
      assertConflicts(first, second, 1);
      assertThat(first.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  private static void awaitValue(Node node, Session session, String value) {
    await().atMost(DEADLINE).until(() -> value.equals(node.peek(session, "k")));
  }

  /** With that member, in the application; and no others. */
  private static void assertConflicts(Node node, Node with, int conflicts) {
    awaitScrape(
        node,
        DEADLINE,
        scrape ->
            assertThat(count(scrape, CONFLICTS, "member", with.member(), "context", node.context()))
                .as("at %s", node)
                .isEqualTo(conflicts));
    assertConflicts(node, conflicts);
  }

  private static void assertConflicts(Node node, int conflicts) {
    assertThat(count(node.scrape(), CONFLICTS)).as("at %s", node).isEqualTo(conflicts);
  }
}
