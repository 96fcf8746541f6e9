package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import io.tribescope.testbed.Session;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every change has one fate, and the node that knows it counts it: what completed, and what not.
 */
@Tag("real")
class LossIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String SENT = "tomcat_cluster_messages_sent_total";
  private static final String FAILURES = "tomcat_cluster_send_failures_total";
  private static final String DISCARDED = "tomcat_cluster_messages_discarded_total";

  @ParameterizedTest(name = "channelSendOptions={0}")
  @CsvSource({
    "2, acknowledged",
    "4, written",
    "6, acknowledged",
    "8, written",
    "10, acknowledged",
    "14, acknowledged"
  })
  void aChangeIsCompletedOrFailed(int options, String confirmation) {
    try (Bed bed = Bed.open("loss-" + options);
        Client client = bed.client()) {
      // Without the probe, whose own failures are counted, too.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(options)
              .set("PooledParallelSender", "timeout", "1000")
              // One connection, so that a broken one is met by the next message.
              .set("PooledParallelSender", "poolSize", "1")
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node sender = cluster.node(1);
      Node peer = cluster.node(2);
      boolean acknowledged = confirmation.equals("acknowledged");

      Scrape start = sender.scrape();
      Session session = client.create(sender);
      await().atMost(DEADLINE).until(() -> peer.holds(session));
      session.write("k", "healthy");
      session.write("k", "healthy");
      awaitFates(sender, peer, start, confirmation, 3, 0);

      peer.freeze();
      Scrape frozen = sender.scrape();
      session.write("k", "frozen");
      awaitFates(sender, peer, frozen, confirmation, acknowledged ? 0 : 1, acknowledged ? 1 : 0);
      assertThat(failures(sender, peer, frozen, "no_ack")).isEqualTo(acknowledged ? 1 : 0);
      peer.resume();
      await().atMost(DEADLINE).until(() -> "frozen".equals(peer.peek(session, "k")));
      cluster.awaitMesh();

      // The connection that there was is reset, and the second attempt refused.
      bed.network().refuse(sender, peer);
      Scrape reset = sender.scrape();
      session.write("k", "reset");
      awaitFates(sender, peer, reset, confirmation, 0, 1);
      bed.network().heal();
      cluster.awaitMesh();

      // Now there is none.
      bed.network().refuse(sender, peer);
      Scrape refused = sender.scrape();
      session.write("k", "refused");
      awaitFates(sender, peer, refused, confirmation, 0, 1);
      assertThat(failures(sender, peer, refused, "connect")).isEqualTo(1);
      bed.network().heal();
      cluster.awaitMesh();

      peer.kill();
      Scrape killed = sender.scrape();
      session.write("k", "killed");
      awaitFates(sender, peer, killed, confirmation, 0, 1);
      assertThat(failures(sender, peer, killed, "connect")).isEqualTo(1);
      assertThat(sender.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  /** Cannot be read, on the replica. */
  public static final class Unreadable implements Serializable {
    private void readObject(ObjectInputStream in) throws InvalidObjectException {
      throw new InvalidObjectException("unreadable by intent");
    }
  }

  @Test
  void whatIsNotSentOrNotAppliedOrNeverArrivesIsCounted() {
    try (Bed bed = Bed.open("loss-application");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .webappClass(Unreadable.class)
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node sender = cluster.node(1);
      Node peer = cluster.node(2);
      Session session = client.create(sender);
      await().atMost(DEADLINE).until(() -> peer.holds(session));
      String[] fromSender = {"member", sender.member()};
      Scrape before = peer.scrape();
      Scrape beforeSender = sender.scrape();

      session.write("k", "v");
      awaitRequests(sender, beforeSender, "replicated", 1);
      assertThat(increase(beforeSender, sender.scrape(), "tomcat_session_delta_bytes_count"))
          .isEqualTo(1);

      // The whole change stays behind, and the exception names what cannot be serialized.
      session.writeUnserializable("u");
      awaitRequests(sender, beforeSender, "failed", 1);
      assertThat(
              sender
                  .scrape()
                  .value(
                      "tomcat_session_serialization_failures_total",
                      "class",
                      "java.lang.Object",
                      "context",
                      "localhost/app"))
          .isEqualTo(1);

      Session unread = client.create(sender);
      await().atMost(DEADLINE).until(() -> peer.holds(unread));
      unread.writeInstance("u", Unreadable.class);
      awaitDiscarded(peer, before, "apply_error", fromSender);

      // Created while nobody could hear it: its next change finds no session.
      bed.network().cut(sender, peer);
      cluster.awaitMembers(sender);
      cluster.awaitMembers(peer);
      Session unknown = client.create(sender);
      bed.network().heal();
      cluster.awaitMesh();
      Scrape healed = peer.scrape();
      unknown.write("k", "v");
      awaitDiscarded(peer, healed, "no_session", fromSender);

      // Taken by the kernel, and gone with its connection: the peer's receipts alone tell.
      Session written = client.create(sender);
      written.write("k", "before");
      await().atMost(DEADLINE).until(() -> "before".equals(peer.peek(written, "k")));
      Scrape atWrite = sender.scrape();
      String[] toPeer = {"member", peer.member()};
      bed.network().lose("swallowed", sender, peer);
      written.write("k", "swallowed");
      awaitScrape(
          sender,
          DEADLINE,
          scrape -> assertThat(increase(atWrite, scrape, SENT, delta(peer))).isEqualTo(1));
      awaitScrape(
          sender,
          Duration.ofSeconds(60),
          scrape ->
              assertThat(count(scrape, "tomcat_cluster_messages_missing_total", toPeer))
                  .isEqualTo(1));
      assertThat(peer.peek(written, "k")).isEqualTo("before");
      for (Node node : cluster.nodes()) {
        assertThat(node.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
      }
    }
  }

  private static String[] delta(Node peer) {
    return new String[] {"member", peer.member(), "type", "delta"};
  }

  private static void awaitFates(
      Node sender, Node peer, Scrape before, String confirmation, int completed, int failed) {
    String[] sent = Scrapes.with(delta(peer), "confirmation", confirmation);
    awaitScrape(
        sender,
        DEADLINE,
        scrape -> {
          assertThat(increase(before, scrape, SENT, sent)).as("completed").isEqualTo(completed);
          assertThat(increase(before, scrape, FAILURES, "member", peer.member()))
              .as("failed")
              .isEqualTo(failed);
        });
    // With the other confirmation none was.
    assertThat(increase(before, sender.scrape(), SENT, delta(peer))).isEqualTo(completed);
  }

  private static double failures(Node sender, Node peer, Scrape before, String reason) {
    return increase(before, sender.scrape(), FAILURES, "member", peer.member(), "reason", reason);
  }

  private static void awaitRequests(Node node, Scrape before, String outcome, int requests) {
    awaitScrape(
        node,
        DEADLINE,
        scrape ->
            assertThat(
                    increase(
                        before,
                        scrape,
                        "tomcat_session_requests_total",
                        "outcome",
                        outcome,
                        "context",
                        "localhost/app"))
                .isEqualTo(requests));
  }

  private static void awaitDiscarded(Node node, Scrape before, String reason, String... labels) {
    awaitScrape(
        node,
        DEADLINE,
        scrape ->
            assertThat(increase(before, scrape, DISCARDED, Scrapes.with(labels, "reason", reason)))
                .isEqualTo(1));
  }
}
