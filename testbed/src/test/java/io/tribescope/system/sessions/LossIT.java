package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.system.Scrapes;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Reply;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
  private static final String RECEIVED = "tomcat_cluster_messages_received_total";
  private static final String DUPLICATES = "tomcat_cluster_messages_duplicate_total";
  private static final String DISCARDED = "tomcat_cluster_messages_discarded_total";

  // What befalls one of the send options only, for each costs time.
  private static final int RESENT = 6;
  private static final int NOT_TRIED = 8;
  private static final int POOL_EXHAUSTED = 10;

  @ParameterizedTest(name = "channelSendOptions={0}")
  @CsvSource({
    "2, acknowledged",
    "4, written",
    "6, acknowledged",
    "8, written",
    "10, acknowledged",
    "14, acknowledged"
  })
  void aChangeIsCompletedOrFailed(int options, String confirmation) throws Exception {
    try (Bed bed = Bed.open("loss-" + options);
        Client client = bed.client()) {
      // Without the probe, whose own failures are counted, too.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(options == NOT_TRIED ? 3 : 2)
              .sendOptions(options)
              .set("PooledParallelSender", "timeout", "1000")
              // One connection, so that a broken one is met by the next message.
              .set("PooledParallelSender", "poolSize", "1")
              .set("PooledParallelSender", "maxWait", "1000")
              // Whom a failure has put out of the view, though it lives, is soon let in again.
              .set("GroupChannel", "heartbeatSleeptime", "500")
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node sender = cluster.node(1);
      Node peer = cluster.node(2);
      boolean acknowledged = confirmation.equals("acknowledged");

      Scrape start = sender.scrape();
      Session other = client.create(sender);
      Session session = client.create(sender);
      await().atMost(DEADLINE).until(() -> peer.holds(other) && peer.holds(session));
      session.write("k", "healthy");
      session.write("k", "healthy");
      awaitFates(sender, peer, start, confirmation, 4, 0);
      // Without the peers' receipts nobody knows what arrived, unless it is acknowledged.
      Scrape healthy = sender.scrape();
      assertThat(healthy.absent("tomcat_cluster_messages_missing_total")).isTrue();
      assertThat(healthy.absent("tomcat_session_unconfirmed")).isEqualTo(!acknowledged);

      if (options == RESENT) {
        aChangeWhoseAcknowledgementIsLostArrivesTwice(bed, sender, peer, session);
      }

      peer.freeze();
      Scrape frozen = sender.scrape();
      session.write("k", "frozen");
      boolean exhausted = options == POOL_EXHAUSTED;
      if (exhausted) {
        // The one connection waits for the first change's acknowledgement.
        awaitScrape(
            sender,
            DEADLINE,
            scrape -> assertThat(scrape.value("tomcat_cluster_queue_messages")).isZero());
        other.write("k", "frozen");
      }
      int failed = (acknowledged ? 1 : 0) + (exhausted ? 1 : 0);
      awaitFates(sender, peer, frozen, confirmation, acknowledged ? 0 : 1, failed);
      assertThat(failures(sender, peer, frozen, "no_ack")).isEqualTo(acknowledged ? 1 : 0);
      assertThat(failures(sender, peer, frozen, "pool_exhausted")).isEqualTo(exhausted ? 1 : 0);
      peer.resume();
      await().atMost(DEADLINE).until(() -> "frozen".equals(peer.peek(session, "k")));
      assertThat(peer.peek(other, "k")).isNull();
      cluster.awaitMesh();
      Scrape thawed = sender.scrape();
      session.write("k", "thawed");
      awaitFates(sender, peer, thawed, confirmation, 1, 0);

      // The connection that there is is reset, and the second attempt refused.
      bed.network().refuse(sender, peer);
      Scrape reset = sender.scrape();
      session.write("k", "reset");
      awaitFates(sender, peer, reset, confirmation, 0, 1);
      // By the first connection all was written, and an acknowledgement might have followed.
      assertThat(failures(sender, peer, reset, acknowledged ? "no_ack" : "connect")).isEqualTo(1);
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

      if (options == NOT_TRIED) {
        Node third = cluster.node(3);
        bed.network().withdrawRoute(sender, third);
        Scrape withdrawn = sender.scrape();
        session.write("k", "withdrawn");
        awaitFates(sender, third, withdrawn, confirmation, 0, 1);
        assertThat(failures(sender, third, withdrawn, "connect")).isEqualTo(1);
        awaitFates(sender, peer, withdrawn, confirmation, 0, 1);
        assertThat(failures(sender, peer, withdrawn, "not_tried")).isEqualTo(1);
        assertThat(peer.peek(session, "k")).isEqualTo("thawed");
        bed.network().heal();
      }

      peer.kill();
      Scrape killed = sender.scrape();
      session.write("k", "killed");
      awaitFates(sender, peer, killed, confirmation, 0, 1);
      assertThat(failures(sender, peer, killed, "connect")).isEqualTo(1);
      assertThat(sender.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  private static void aChangeWhoseAcknowledgementIsLostArrivesTwice(
      Bed bed, Node sender, Node peer, Session session) throws Exception {
    Scrape before = sender.scrape();
    Scrape beforePeer = peer.scrape();
    bed.network().breakAfter("twice", sender, peer);
    CompletableFuture<Reply> answer =
        CompletableFuture.supplyAsync(() -> session.write("k", "twice"));
    awaitScrape(
        peer,
        DEADLINE,
        scrape ->
            assertThat(increase(beforePeer, scrape, DUPLICATES, "member", sender.member()))
                .isEqualTo(1));
    // The acknowledgement of the second can pass.
    bed.network().heal();
    answer.get(30, TimeUnit.SECONDS);
    assertThat(peer.peek(session, "k")).isEqualTo("twice");
    awaitFates(sender, peer, before, "acknowledged", 1, 0);
    Scrape after = peer.scrape();
    assertThat(increase(beforePeer, after, RECEIVED, "member", sender.member(), "type", "delta"))
        .isEqualTo(1);
    assertThat(increase(beforePeer, after, DUPLICATES)).isEqualTo(1);
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
      await().atMost(DEADLINE).until(() -> peer.holds(written));
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

  /** A serialization filter there is too strict: Tomcat acknowledges, and drops. */
  @Test
  void whatThePeerMayNotReadItAloneCounts() {
    try (Bed bed = Bed.open("loss-unreadable");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(6)
              .set("DeltaManager", "stateTransferTimeout", "1")
              .node(
                  2,
                  node ->
                      node.jvm(
                          "-Djdk.serialFilter=!org.apache.catalina.ha.session.SessionMessageImpl"))
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node sender = cluster.node(1);
      Node peer = cluster.node(2);
      String[] undeserializable = {"member", sender.member(), "reason", "undeserializable"};
      Scrape before = peer.scrape();
      Scrape beforeSender = sender.scrape();

      // Of each of the two requests the change, of the first also the session's creation.
      Session session = client.create(sender);
      session.write("k", "v");
      awaitScrape(
          peer,
          DEADLINE,
          scrape -> assertThat(increase(before, scrape, DISCARDED, undeserializable)).isEqualTo(3));
      awaitFates(sender, peer, beforeSender, "acknowledged", 2, 0);
      assertThat(peer.holds(session)).isFalse();
      assertThat(peer.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
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
