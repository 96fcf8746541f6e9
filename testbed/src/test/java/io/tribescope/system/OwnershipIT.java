package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Session;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes that both changed a session, each without the other's change. */
@Tag("real")
class OwnershipIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String CONFLICTS = "tomcat_session_ownership_conflicts_total";

  @Test
  void aSessionChangedOnBothSidesIsAConflictWhereTheNextChangeArrives() {
    try (Bed bed = Bed.open("ownership");
        Client client = bed.client()) {
      // Both serve the session by the same id, as where stickiness is by another cookie.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
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
      awaitScrape(
          first,
          DEADLINE,
          scrape ->
              assertThat(
                      count(
                          scrape, CONFLICTS, "member", second.member(), "context", "localhost/app"))
                  .isEqualTo(1));
      assertConflicts(first, 1);
      assertConflicts(second, 0);
      assertThat(first.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  private static void awaitValue(Node node, Session session, String value) {
    await().atMost(DEADLINE).until(() -> value.equals(node.peek(session, "k")));
  }

  private static void assertConflicts(Node node, int conflicts) {
    assertThat(count(node.scrape(), CONFLICTS)).as("at %s", node).isEqualTo(conflicts);
  }
}
