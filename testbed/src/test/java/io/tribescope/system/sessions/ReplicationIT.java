package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.system.Scrapes;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client did is what both ends count. */
@Tag("real")
class ReplicationIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @ParameterizedTest(name = "channelSendOptions={0}")
  @CsvSource({"8, written", "6, acknowledged"})
  void bothEndsCountWhatTheClientDid(int options, String confirmation) {
    assertReplicated("9.0.117", options, confirmation);
  }

  @Tag("full")
  @ParameterizedTest(name = "Tomcat {0}, channelSendOptions={1}")
  @CsvSource({
    "10.1.59, 8, written",
    "10.1.59, 6, acknowledged",
    "11.0.25, 8, written",
    "11.0.25, 6, acknowledged"
  })
  void onTheOtherTomcatsToo(String tomcat, int options, String confirmation) {
    assertReplicated(tomcat, options, confirmation);
  }

  private static void assertReplicated(String tomcat, int options, String confirmation) {
    try (Bed bed = Bed.open("replication-" + tomcat + "-" + options);
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat(tomcat)
              .nodes(2)
              .sendOptions(options)
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      Scrapes.awaitClock(first, second);
      Scrapes.awaitClock(second, first);
      Scrape firstBefore = first.scrape();
      Scrape secondBefore = second.scrape();

      List<Session> ofFirst = client.create(first, 7);
      List<Session> ofSecond = client.create(second, 4);
      await()
          .atMost(DEADLINE)
          .until(
              () ->
                  ofFirst.stream().allMatch(second::holds)
                      && ofSecond.stream().allMatch(first::holds));
      for (int round = 0; round < 5; round++) {
        String value = "v" + round;
        ofFirst.forEach(session -> session.write("k", value));
      }
      ofSecond.forEach(session -> session.write("k", "v"));
      ofSecond.forEach(Session::touch);
      ofFirst.get(0).invalidate();

      // Since 9.0.110, 10.1.47 and 11.0.12 every request with a session sends a delta (Bug 69814),
      // also one that invalidates it: DeltaSession.expire sends what is pending before the expiry.
      assertReplicated(first, firstBefore, second, secondBefore, confirmation, 7, 7 + 5 * 7 + 1, 1);
      assertReplicated(second, secondBefore, first, firstBefore, confirmation, 4, 4 + 4 + 4, 0);
    }
  }

  private static void assertReplicated(
      Node from,
      Scrape fromBefore,
      Node to,
      Scrape toBefore,
      String confirmation,
      int created,
      int deltas,
      int expired) {
    String[] atReceiver = {"member", from.member(), "observer", to.member(), "cluster", "shop"};
    String[] atSender = {"member", to.member(), "observer", from.member(), "cluster", "shop"};
    Map<String, Integer> expected =
        Map.of("created", created, "delta", deltas, "expired", expired, "accessed", 0);
    awaitScrape(
        to,
        DEADLINE,
        scrape ->
            assertThat(
                    byType(
                        expected.keySet(),
                        toBefore,
                        scrape,
                        "tomcat_cluster_messages_received_total",
                        atReceiver))
                .as("received at %s", to)
                .isEqualTo(expected));
    // The receiver may have it before the sender has counted the last byte written.
    Scrape sent =
        awaitScrape(
            from,
            DEADLINE,
            scrape ->
                assertThat(
                        byType(
                            expected.keySet(),
                            fromBefore,
                            scrape,
                            "tomcat_cluster_messages_sent_total",
                            Scrapes.with(atSender, "confirmation", confirmation)))
                    .as("sent at %s", from)
                    .isEqualTo(expected));
    // Received is counted last: a scrape begun after it has all the rest, but for the lags.
    Scrape received = Scrapes.awaitLags(to);
    double discarded =
        increase(
            toBefore,
            received,
            "tomcat_cluster_messages_discarded_total",
            Scrapes.with(atReceiver, "reason", "no_session"));
    if (confirmation.equals("acknowledged")) {
      assertThat(discarded).isZero();
    } else {
      // Asynchronous sends overtake each other: a delta that comes before its session's creation
      // is dropped by Tomcat, and then counted as that. Later ones find the session.
      assertThat(discarded).isBetween(0.0, (double) created);
    }
    assertThat(increase(toBefore, received, "tomcat_cluster_messages_discarded_total", atReceiver))
        .as("discarded for any reason")
        .isEqualTo(discarded);
    assertThat(increase(toBefore, received, "tomcat_session_lag_unknown_total", atReceiver))
        .as("changes without a known lag")
        .isZero();
    assertThat(
            increase(
                toBefore, received, "tomcat_session_replication_lag_seconds_count", atReceiver))
        .as("changes with a known lag")
        .isEqualTo(created + deltas + expired - discarded);
    assertThat(increase(fromBefore, sent, "tomcat_cluster_send_failures_total", atSender)).isZero();
    assertThat(increase(toBefore, received, "tomcat_cluster_messages_duplicate_total", atReceiver))
        .isZero();
    assertThat(received.sum("tribescope_agent_advice_errors_total")).isZero();
    assertThat(sent.sum("tribescope_agent_advice_errors_total")).isZero();
  }

  private static Map<String, Integer> byType(
      Set<String> types, Scrape before, Scrape after, String name, String... labels) {
    Map<String, Integer> increases = new TreeMap<>();
    for (String type : types) {
      increases.put(type, (int) increase(before, after, name, Scrapes.with(labels, "type", type)));
    }
    return increases;
  }
}
