package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a partition leaves stale: as many sessions as were changed on the other side meanwhile,
 * which Tomcat never repairs, until the stale side starts anew.
 */
@Tag("real")
class MissedChangesIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String MISSED = "tomcat_session_missed_changes";
  private static final int SESSIONS = 12;
  private static final int CHANGED = 5;

  @ParameterizedTest
  @ValueSource(strings = {"9.0.117", "8.5.100", "10.1.59", "11.0.25"})
  void exactlyTheSessionsChangedOnTheOtherSideAreStale(String tomcat) {
    try (Bed bed = Bed.open("missed-" + tomcat);
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat(tomcat).nodes(2).agent(Product.AGENT, "cluster=shop").start();
      Node left = cluster.node(1);
      Node right = cluster.node(2);
      List<Session> onLeft = replicated(client, left, right);
      List<Session> onRight = replicated(client, right, left);
      awaitMissed(left, right, 0);
      awaitMissed(right, left, 0);

      bed.network().cut(left, right);
      await().atMost(DEADLINE).until(() -> left.members().isEmpty() && right.members().isEmpty());
      onLeft.subList(0, CHANGED).forEach(session -> session.write("k", "after"));
      onRight.subList(0, CHANGED).forEach(session -> session.write("k", "after"));
      // Nobody who could be stale is in the view; what is at risk is known at once.
      for (Node node : cluster.nodes()) {
        awaitScrape(
            node,
            DEADLINE,
            scrape -> {
              assertThat(scrape.absent(MISSED)).isTrue();
              assertThat(scrape.value("tomcat_session_unreplicated", "context", "localhost/app"))
                  .isEqualTo(SESSIONS);
            });
      }

      bed.network().heal();
      cluster.awaitMesh();
      awaitMissed(left, right, CHANGED);
      awaitMissed(right, left, CHANGED);
      assertThat(stale(left, right, onLeft)).isEqualTo(onLeft.subList(0, CHANGED));
      assertThat(stale(right, left, onRight)).isEqualTo(onRight.subList(0, CHANGED));
      awaitUnreplicated(left, CHANGED);
      awaitUnreplicated(right, CHANGED);

      right.stop();
      right.start();
      cluster.awaitMesh();
      awaitMissed(left, right, 0);
      awaitMissed(right, left, 0);
      awaitUnreplicated(left, 0);
      assertThat(stale(left, right, onLeft)).isEmpty();
      // What had been changed on the right alone went with it.
      assertThat(stale(left, right, onRight)).isEmpty();
      assertThat(right.peek(onRight.get(0), "k")).isEqualTo("before");
      for (Node node : cluster.nodes()) {
        assertThat(node.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
      }
    }
  }

  /** An asynchronous change can overtake its session's creation, and is dropped then. */
  private static List<Session> replicated(Client client, Node owner, Node replica) {
    List<Session> sessions = client.create(owner, SESSIONS);
    await().atMost(DEADLINE).until(() -> sessions.stream().allMatch(replica::holds));
    sessions.forEach(session -> session.write("k", "before"));
    await()
        .atMost(DEADLINE)
        .until(() -> sessions.stream().allMatch(s -> "before".equals(replica.peek(s, "k"))));
    return sessions;
  }

  private static List<Session> stale(Node owner, Node replica, List<Session> sessions) {
    return sessions.stream()
        .filter(session -> !Objects.equals(owner.peek(session, "k"), replica.peek(session, "k")))
        .toList();
  }

  private static void awaitUnreplicated(Node node, int sessions) {
    awaitScrape(
        node,
        DEADLINE,
        scrape ->
            assertThat(scrape.value("tomcat_session_unreplicated", "context", "localhost/app"))
                .isEqualTo(sessions));
  }

  private static void awaitMissed(Node observer, Node member, int sessions) {
    awaitScrape(
        observer,
        DEADLINE,
        scrape ->
            assertThat(scrape.value(MISSED, "member", member.member(), "context", "localhost/app"))
                .isEqualTo(sessions));
  }
}
