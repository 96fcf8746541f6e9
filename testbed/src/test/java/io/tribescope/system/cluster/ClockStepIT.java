package io.tribescope.system.cluster;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.system.Scrapes;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A clock that is stepped while its node runs, or comes back from a restart with another error: a
 * lag is what it is, or unknown, and never what the step would make of it.
 */
@Tag("real")
@Tag("alone")
class ClockStepIT {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String LAG = "tomcat_session_replication_lag_seconds";
  private static final String UNKNOWN = "tomcat_session_lag_unknown_total";
  private static final String OFFSET = "tomcat_cluster_clock_offset_seconds";

  @Test
  void aStepMakesNoLagAndWhatItMakesOldIsToldOf() throws Exception {
    try (Bed bed = Bed.open("clock-step");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              // Acknowledged: what was answered has been applied, and was seen by the agent.
              .sendOptions(6)
              // A state transfer takes a second for each session.
              .set("DeltaManager", "sendAllSessions", "false")
              .set("DeltaManager", "sendAllSessionsSize", "1")
              .set("DeltaManager", "sendAllSessionsWaitTime", "1000")
              .agent(Product.AGENT, "cluster=shop")
              .node(2, node -> node.clock("+0s"))
              .start();
      Node steady = cluster.node(1);
      Node stepped = cluster.node(2);
      Scrapes.awaitClock(steady, stepped);
      Scrapes.awaitClock(stepped, steady);

      Lags fromStepped = new Lags(client, stepped, steady);
      Lags fromSteady = new Lags(client, steady, stepped);
      for (int offset : new int[] {20, -10, 0}) {
        stepped.clock("%+ds".formatted(offset));
        awaitOffset(steady, stepped, offset, fromStepped, fromSteady);
        awaitOffset(stepped, steady, -offset, fromStepped, fromSteady);
      }
      fromStepped.assertTrue();
      fromSteady.assertTrue();

      stepped.kill();
      stepped.clock("+20s");
      cluster.awaitMembers(steady);
      stepped.start();
      cluster.awaitMesh();
      Lags fromNewLife = new Lags(client, stepped, steady);
      Lags toNewLife = new Lags(client, steady, stepped);
      awaitOffset(steady, stepped, 20, fromNewLife, toNewLife);
      awaitOffset(stepped, steady, -20, fromNewLife, toNewLife);
      fromNewLife.assertTrue();
      toNewLife.assertTrue();

      // What the donor changes during the transfer is put aside, and then dropped: set back, its
      // clock makes it older than the state that it gave.
      steady.stop();
      cluster.awaitMembers(stepped);
      CompletableFuture<Void> start = CompletableFuture.runAsync(steady::start);
      await()
          .atMost(DEADLINE)
          .pollInterval(Duration.ofMillis(10))
          .until(() -> steady.isRunning() && steady.output().contains("requesting session state"));
      stepped.clock("-10s");
      await().atMost(DEADLINE).until(() -> Math.abs(secondsAhead(stepped) + 10) < 5);
      assertThat(start).as("the transfer takes longer").isNotDone();
      for (int change = 0; change < 3; change++) {
        fromNewLife.change();
      }
      start.get(60, TimeUnit.SECONDS);
      awaitScrape(
          steady,
          DEADLINE,
          scrape ->
              assertThat(
                      scrape.value(
                          "tomcat_cluster_messages_discarded_total",
                          "member",
                          stepped.member(),
                          "reason",
                          "older_than_state"))
                  .isEqualTo(3));
    }
  }

  /** By the date that the node puts on its answers. */
  private static long secondsAhead(Node node) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) node.application().resolve("/").toURL().openConnection();
    try {
      return (connection.getHeaderFieldDate("Date", 0) - System.currentTimeMillis()) / 1000;
    } finally {
      connection.disconnect();
    }
  }

  /** Waits until the peer's clock is known to be off by so much, while sessions change. */
  private static void awaitOffset(Node observer, Node peer, int seconds, Lags... lags) {
    awaitScrape(
        observer,
        DEADLINE,
        scrape -> {
          for (Lags each : lags) {
            each.change();
          }
          assertThat(scrape.value(OFFSET, "member", peer.member()))
              .as("clock of %s seen by %s", peer, observer)
              .isCloseTo(seconds, within(0.1));
        });
  }

  /** The changes made on one node, and what the other says of their lag. */
  private static final class Lags {
    private final Node owner;
    private final Node observer;
    private final Session session;
    private final Scrape before;
    private int changes;

    Lags(Client client, Node owner, Node observer) {
      this.owner = owner;
      this.observer = observer;
      this.session = client.create(owner);
      this.before = Scrapes.awaitLags(observer);
    }

    void change() {
      session.write("k", "v" + changes++);
    }

    void assertTrue() {
      String[] from = {"member", owner.member()};
      Scrape after =
          awaitScrape(
              observer,
              DEADLINE,
              scrape ->
                  assertThat(
                          increase(before, scrape, LAG + "_count", from)
                              + increase(before, scrape, UNKNOWN, from))
                      .as("changes from %s to %s", owner, observer)
                      .isEqualTo(changes));
      double known = increase(before, after, LAG + "_count", from);
      assertThat(known).as("some lags are known").isPositive();
      // One alone that took the smallest step for a lag would make it more.
      assertThat(increase(before, after, LAG + "_sum", from))
          .as("sum of %s lags from %s to %s", known, owner, observer)
          .isBetween(0.0, 8.0);
    }
  }
}
