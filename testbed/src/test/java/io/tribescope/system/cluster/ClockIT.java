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
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The lag does not trust that clocks agree: on nodes whose clocks are set wrong it is what it is on
 * a node whose clock is right, for the very same messages.
 */
@Tag("real")
@Tag("alone")
class ClockIT {
  private static final double WITHIN_SECONDS = 0.002;
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final int WARM_UP = 20;
  private static final int ROUNDS = 100;

  private final Map<Node, Session> sessions = new LinkedHashMap<>();

  @Test
  void lagIsTheSameWhateverTheClocksSay() {
    try (Bed bed = Bed.open("clock");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(4)
              .agent(Product.AGENT, "cluster=shop")
              // Right, but by the same library: it makes each look at the clock dearer.
              .node(2, node -> node.clock("+0s"))
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

      cluster.nodes().forEach(node -> sessions.put(node, client.create(node)));
      write("warm-up", WARM_UP);
      cluster.nodes().forEach(Scrapes::awaitLags);
      Lag baseline = new Lag(right, first);
      Lag onFast = new Lag(fast, first);
      Lag onSlow = new Lag(slow, first);
      Lag backBaseline = new Lag(first, right);
      Lag fromFast = new Lag(first, fast);
      Lag fromSlow = new Lag(first, slow);
      write("measured", ROUNDS);

      assertEqualWithin(baseline, onFast);
      assertEqualWithin(baseline, onSlow);
      assertEqualWithin(backBaseline, fromFast);
      assertEqualWithin(backBaseline, fromSlow);
    }
  }

  /**
   * Each node's session in turn, the next when all hold it: changes that queue for the processor
   * would make the lags differ in truth, more than clocks do.
   */
  private void write(String what, int rounds) {
    for (int round = 0; round < rounds; round++) {
      String value = what + round;
      sessions.forEach(
          (owner, session) -> {
            session.write("k", value);
            sessions.keySet().stream()
                .filter(node -> node != owner)
                .forEach(replica -> awaitValue(replica, session, value));
          });
    }
  }

  private static void awaitValue(Node replica, Session session, String value) {
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(5))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(() -> value.equals(replica.peek(session, "k")));
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

  /** The lag of the measured changes made on {@code peer}, seen on {@code observer}. */
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
      Scrape after =
          awaitScrape(
              observer,
              DEADLINE,
              scrape ->
                  assertThat(increase(before, scrape, NAME + "_count", "member", peer.member()))
                      .isEqualTo(ROUNDS));
      return increase(before, after, NAME + "_sum", "member", peer.member()) / ROUNDS;
    }

    /** The larger of what was stated before and after. */
    double error() {
      return Math.max(error(before), error(observer.scrape()));
    }

    private double error(Scrape scrape) {
      return scrape.value("tomcat_cluster_clock_offset_error_seconds", "member", peer.member());
    }

    @Override
    public String toString() {
      return "from " + peer + " to " + observer;
    }
  }
}
