package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a node that starts got of the sessions that the cluster holds. */
@Tag("real")
@Tag("alone")
class StateTransferIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String TRANSFERS = "tomcat_session_state_transfers_total";
  private static final String SECONDS = "tomcat_session_state_transfer_seconds";
  private static final String SESSIONS = "tomcat_session_state_transfer_sessions_total";

  @Test
  void bothSidesCountWhatWasTransferredOrWhatBecameOfIt() throws Exception {
    try (Bed bed = Bed.open("state-transfer");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .webappClass(LossIT.Unreadable.class)
              .set("DeltaManager", "stateTransferTimeout", "3")
              .agent(Product.AGENT, "cluster=shop")
              .create();
      Node donor = cluster.node(1);
      Node joiner = cluster.node(2);

      donor.start();
      assertTransfers(donor, Map.of("first_node", 1));
      List<Session> sessions = client.create(donor, 5);
      sessions.forEach(session -> session.write("k", "v"));

      joiner.start();
      assertThat(joiner.sessionCount()).isEqualTo(5);
      assertTransfers(joiner, Map.of("complete", 1));
      Scrape joined = joiner.scrape();
      assertThat(joined.value(SESSIONS, "side", "received", "context", joiner.context()))
          .isEqualTo(5);
      assertThat(joined.value(SECONDS + "_count", "context", joiner.context())).isEqualTo(1);
      assertThat(joined.value(SECONDS + "_sum", "context", joiner.context())).isLessThan(3);
      awaitScrape(
          donor,
          DEADLINE,
          scrape ->
              assertThat(scrape.value(SESSIONS, "side", "sent", "context", donor.context()))
                  .isEqualTo(5));
      assertTransfers(donor, Map.of("first_node", 1));

      joiner.stop();
      cluster.awaitMembers(donor);
      // It is asked, and answers; it stays in the view, and nothing of the answers arrives.
      bed.network().lose("SessionMessageImpl", donor, joiner);
      joiner.start();
      assertThat(joiner.sessionCount()).isZero();
      assertTransfers(joiner, Map.of("timeout", 1));
      Scrape silent = joiner.scrape();
      assertThat(count(silent, SESSIONS, "side", "received")).isZero();
      assertThat(silent.value(SECONDS + "_count", "context", joiner.context())).isEqualTo(1);
      // It waits for the time-out, and looks every 0.1 s whether that is over.
      assertThat(silent.value(SECONDS + "_sum", "context", joiner.context())).isBetween(3.0, 4.5);
      assertThat(donor.isRunning()).isTrue();
      cluster.awaitMesh();
      bed.network().heal();

      // One session among them that cannot be read spoils those that come after it.
      joiner.stop();
      cluster.awaitMembers(donor);
      sessions.get(0).writeInstance("u", LossIT.Unreadable.class);
      joiner.start();
      assertTransfers(joiner, Map.of("incomplete", 1));
      // What stood before it, in an order that is Tomcat's, has arrived.
      assertThat(joiner.sessionCount()).isLessThan(5);
      assertThat(count(joiner.scrape(), SESSIONS, "side", "received"))
          .isEqualTo(joiner.sessionCount());

      joiner.stop();
      cluster.awaitMembers(donor);
      CompletableFuture<Void> start = CompletableFuture.runAsync(joiner::start);
      // The membership is up some 2 s before the manager asks for the sessions. A frozen donor
      // stays in the view: its kernel still accepts connections.
      await()
          .atMost(DEADLINE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> joiner.isRunning() && joiner.output().contains("Replication member added"));
      donor.freeze();
      start.get(60, TimeUnit.SECONDS);
      assertThat(joiner.sessionCount()).isZero();
      assertTransfers(joiner, Map.of("timeout", 1));
      assertThat(count(joiner.scrape(), SESSIONS, "side", "received")).isZero();
    }
  }

  @Test
  void aDonorThatLacksTheApplicationSaysSoAndDropsItsChanges() {
    try (Bed bed = Bed.open("state-transfer-context");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .node(1, node -> node.contextPath("/other"))
              .agent(Product.AGENT, "cluster=shop")
              .start();
      assertTransfers(cluster.node(1), Map.of("first_node", 1));
      assertTransfers(cluster.node(2), Map.of("no_context", 1));

      // Of each of the two requests the change, of the first also the session's creation; and
      // before them the question for the sessions.
      client.create(cluster.node(2)).write("k", "v");
      for (var dropped : Map.of("created", 1, "delta", 2).entrySet()) {
        awaitReceived(cluster.node(1), cluster.node(2), dropped.getKey(), dropped.getValue());
      }
      assertThat(
              cluster
                  .node(1)
                  .scrape()
                  .value(
                      "tomcat_cluster_messages_discarded_total",
                      "member",
                      cluster.node(2).member(),
                      "reason",
                      "no_context"))
          .isEqualTo(4);
    }
  }

  private static void awaitReceived(Node node, Node from, String type, int messages) {
    awaitScrape(
        node,
        DEADLINE,
        scrape ->
            assertThat(
                    scrape.value(
                        "tomcat_cluster_messages_received_total",
                        "member",
                        from.member(),
                        "type",
                        type))
                .as(type)
                .isEqualTo(messages));
  }

  /** All transfers of this life, by outcome. */
  private static void assertTransfers(Node node, Map<String, Integer> expected) {
    awaitScrape(
        node,
        DEADLINE,
        scrape -> {
          Map<String, Integer> seen = new TreeMap<>();
          scrape
              .samples(TRANSFERS, "context", node.context())
              .forEach(
                  sample ->
                      seen.put(sample.labels().getOrDefault("outcome", ""), (int) sample.value()));
          seen.values().removeIf(none -> none == 0);
          assertThat(seen).as("transfers of %s", node).isEqualTo(expected);
        });
  }
}
