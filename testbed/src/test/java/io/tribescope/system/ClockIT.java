package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import io.tribescope.testbed.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The lag does not trust that clocks agree: on nodes whose clocks are set wrong it is what it is on
 * a node whose clock is right, for the very same messages.
 */
@Tag("real")
class ClockIT {
  private static final double WITHIN_SECONDS = 0.002;
  private static final int ROUNDS = 40;
  private static final int SESSIONS = 10;

  @Test
  void lagIsTheSameWhateverTheClocksSay() {
    try (Bed bed = Bed.open("clock");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(4)
              .agent(Product.AGENT, "cluster=shop")
              .node(3, node -> node.clock("+5.25s"))
              .node(4, node -> node.clock("-30s"))
              .start();
      Node first = cluster.node(1);
      Node right = cluster.node(2);
      Node fast = cluster.node(3);
      Node slow = cluster.node(4);
      for (Node other : List.of(right, fast, slow)) {
        Scrapes.awaitClock(first, other);
        Scrapes.awaitClock(other, first);
      }

      // A peer's clock minus ours, as both ends see it.
      assertOffset(first, right, 0);
      assertOffset(first, fast, 5.25);
      assertOffset(first, slow, -30);
      assertOffset(fast, first, -5.25);
      assertOffset(slow, first, 30);

      // Only writes are measured: a delta that overtakes its session's creation is dropped.
      List<List<Session>> sessions = new ArrayList<>();
      for (Node node : cluster.nodes()) {
        sessions.add(client.create(node, SESSIONS));
      }
      for (Node observer : cluster.nodes()) {
        awaitCreations(observer, 3);
      }
      Lag baseline = new Lag(right, first);
      Lag onFast = new Lag(fast, first);
      Lag onSlow = new Lag(slow, first);
      Lag backBaseline = new Lag(first, right);
      Lag fromFast = new Lag(first, fast);
      Lag fromSlow = new Lag(first, slow);
      for (int round = 0; round < ROUNDS; round++) {
        String value = "v" + round;
        sessions.forEach(own -> own.forEach(session -> session.write("k", value)));
      }

      assertEqualWithin(baseline, onFast);
      assertEqualWithin(baseline, onSlow);
      assertEqualWithin(backBaseline, fromFast);
      assertEqualWithin(backBaseline, fromSlow);
    }
  }

  private static void awaitCreations(Node observer, int peers) {
    awaitScrape(
        observer,
        Duration.ofSeconds(20),
        scrape -> {
          for (String type : List.of("created", "delta")) {
            assertThat(scrape.sum("tomcat_cluster_messages_received_total", "type", type))
                .isEqualTo(peers * SESSIONS);
          }
        });
  }

  private static void assertOffset(Node observer, Node peer, double seconds) {
    Scrape scrape = observer.scrape();
    double error =
        scrape.value("tomcat_cluster_clock_offset_error_seconds", "member", peer.member());
    assertThat(scrape.value("tomcat_cluster_clock_offset_seconds", "member", peer.member()))
        .as("clock of %s seen by %s", peer, observer)
        .isCloseTo(seconds, within(error));
  }

  private static void assertEqualWithin(Lag baseline, Lag shifted) {
    double error = shifted.error();
    assertThat(shifted.mean())
        .as("mean lag %s against %s, stated error %s s", shifted, baseline, error)
        .isCloseTo(baseline.mean(), within(WITHIN_SECONDS + error));
  }

  /** The lag of changes made on {@code peer}, seen on {@code observer}, from now on. */
  private static final class Lag {
    private static final String NAME = "tomcat_session_replication_lag_seconds";

    private final Node observer;
    private final Node peer;
    private final Scrape before;

    Lag(Node observer, Node peer) {
      this.observer = observer;
      this.peer = peer;
      this.before = observer.scrape();
    }

    double mean() {
      double changes = SESSIONS * ROUNDS;
      Scrape after =
          awaitScrape(
              observer,
              Duration.ofSeconds(20),
              scrape ->
                  assertThat(increase(before, scrape, NAME + "_count", "member", peer.member()))
                      .isEqualTo(changes));
      return increase(before, after, NAME + "_sum", "member", peer.member()) / changes;
    }

    double error() {
      return observer
          .scrape()
          .value("tomcat_cluster_clock_offset_error_seconds", "member", peer.member());
    }

    @Override
    public String toString() {
      return "from " + peer + " to " + observer;
    }
  }
}
