package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.increase;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Reply;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What would be lost if a node died now: at least the unreplicated, at most the unconfirmed. */
@Tag("real")
class AtRiskIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Longer than the answers of a peer's agent count. */
  private static final Duration HELD = Duration.ofSeconds(25);

  private static final int TRACKED = 1_000;
  private static final String SATURATED = "tribescope_agent_tracking_saturated";
  private static final String UNREPLICATED = "tomcat_session_unreplicated";
  private static final String UNCONFIRMED = "tomcat_session_unconfirmed";
  private static final String[] APP = {"context", "localhost/app"};

  @Test
  void sessionsAreAtRiskWhileNobodyElseHoldsThem() {
    try (Bed bed = Bed.open("at-risk");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .agent(Product.AGENT, "cluster=shop,tracked_sessions=" + TRACKED)
              .create();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);

      owner.start();
      Scrape alone = owner.scrape();
      long begin = System.nanoTime();
      List<Session> sessions = client.create(owner, 3);
      sessions.get(0).write("k", "alone");
      Change first = new Change(begin, System.nanoTime());
      assertAtRisk(owner, 3, first, 3, first);
      assertThat(owner.scrape().value("tomcat_sessions", "role", "primary")).isEqualTo(3);
      assertThat(
              increase(
                  alone, owner.scrape(), "tomcat_session_requests_total", "outcome", "no_members"))
          .isEqualTo(4);

      // With its start the peer fetches them all.
      peer.start();
      cluster.awaitMesh();
      awaitAtRest(owner);
      assertThat(peer.scrape().value("tomcat_sessions", "role", "backup")).isEqualTo(3);

      Change oldest = write(sessions.get(2), "together");
      write(sessions.get(0), "together");
      write(sessions.get(1), "together");
      await().atMost(DEADLINE).until(() -> "together".equals(peer.peek(sessions.get(1), "k")));
      awaitAtRest(owner);
      peer.kill();
      cluster.awaitMembers(owner);
      assertAtRisk(owner, 3, oldest, 3, oldest);
      peer.start();
      cluster.awaitMesh();
      awaitAtRest(owner);

      // There is room for what was asked for, and not for more than twice that and a little.
      client.create(owner, TRACKED - 3);
      assertThat(owner.scrape().value(SATURATED, "what", "sessions")).isZero();
      client.create(owner, TRACKED + 60);
      assertThat(owner.scrape().value(SATURATED, "what", "sessions")).isEqualTo(1);
    }
  }

  /** Too much for the buffers of a connection that nobody reads. */
  public static final class Large implements Serializable {
    static final int BYTES = 400_000;
    private final byte[] bytes = new byte[BYTES];

    @Override
    public String toString() {
      return bytes.length + " bytes";
    }
  }

  @Test
  void withoutAcknowledgementTheReceiptsSayWhatArrived() {
    try (Bed bed = Bed.open("at-risk-written");
        Client client = bed.client()) {
      // There is room in the queue for the large change and two of 4,000 characters.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .webappClass(Large.class)
              .set("PooledParallelSender", "timeout", "15000")
              .set("MessageDispatchInterceptor", "maxThreads", "1")
              .set("MessageDispatchInterceptor", "maxSpareThreads", "1")
              .set("MessageDispatchInterceptor", "maxQueueSize", "" + (Large.BYTES + 10_000))
              .set("MessageDispatchInterceptor", "alwaysSend", "false")
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);
      List<Session> sessions = client.create(owner, 6);
      await().atMost(DEADLINE).until(() -> sessions.stream().allMatch(peer::holds));
      awaitAtRest(owner);

      // Its kernel takes what it will not read: nothing failed, and nothing is known, for as long
      // as that lasts.
      peer.freeze();
      long frozen = System.nanoTime();
      Change written = write(sessions.get(0), "frozen");
      Change oldest = write(sessions.get(1), "frozen");
      awaitValue(owner, UNCONFIRMED, 2);
      await()
          .atMost(HELD.plus(DEADLINE))
          .pollInterval(Duration.ofMillis(500))
          .until(
              () -> {
                assertAtRisk(owner, 0, null, 2, written);
                return System.nanoTime() - frozen > HELD.toNanos();
              });

      // Then it takes no more, and the queue fills up behind what it does not take.
      sessions.get(2).writeInstance("large", Large.class);
      write(sessions.get(3), "x".repeat(4_000));
      write(sessions.get(4), "y".repeat(4_000));
      Change discarded = write(sessions.get(5), "z".repeat(4_000));
      awaitScrape(
          owner,
          DEADLINE,
          scrape ->
              assertThat(scrape.value("tomcat_cluster_queue_discarded_total", "reason", "full"))
                  .isEqualTo(1));
      assertAtRisk(owner, 1, discarded, 6, written);
      peer.resume();
      await()
          .atMost(DEADLINE)
          .until(() -> "y".repeat(4_000).equals(peer.peek(sessions.get(4), "k")));
      awaitValue(owner, UNCONFIRMED, 1);
      assertAtRisk(owner, 1, discarded, 1, discarded);
      assertThat(peer.peek(sessions.get(5), "k")).isNull();
      write(sessions.get(5), "thawed");

      // What no request made no request replicates: it waits for the session's next one.
      sessions.get(0).writeLater("k", "outside");
      awaitAtRest(owner);
      assertThat(peer.peek(sessions.get(5), "k")).isEqualTo("thawed");
      owner.runLater();
      assertThat(peer.peek(sessions.get(0), "k")).isEqualTo("frozen");
      awaitValue(owner, UNCONFIRMED, 1);
      assertThat(owner.scrape().value(UNREPLICATED, APP)).isZero();
      sessions.get(0).touch();
      await().atMost(DEADLINE).until(() -> "outside".equals(peer.peek(sessions.get(0), "k")));
      awaitAtRest(owner);

      bed.network().cut(owner, peer);
      Change cut = write(sessions.get(0), "cut");
      assertAtRisk(owner, 0, null, 1, cut);
      cluster.awaitMembers(owner);
      cluster.awaitMembers(peer);
      Change alone = write(sessions.get(5), "alone");
      assertAtRisk(owner, 6, oldest, 6, oldest);
      // The peer lived on, and its kernel gets again what it had not received.
      bed.network().heal();
      cluster.awaitMesh();
      await().atMost(DEADLINE).until(() -> "cut".equals(peer.peek(sessions.get(0), "k")));
      awaitValue(owner, UNCONFIRMED, 1);
      assertAtRisk(owner, 1, alone, 1, alone);
      assertThat(peer.peek(sessions.get(5), "k")).isEqualTo("thawed");
      assertThat(owner.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  @Test
  void anAcknowledgementConfirmsAtOnceAndACutIsKnown() throws Exception {
    try (Bed bed = Bed.open("at-risk-acknowledged");
        Client client = bed.client(Duration.ofSeconds(30))) {
      // Without receipts: what is confirmed is so by the acknowledgement.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(6)
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);
      List<Session> sessions = client.create(owner, 3);
      Change healthy = write(sessions.get(2), "healthy");
      write(sessions.get(0), "healthy");
      write(sessions.get(1), "healthy");
      assertAtRisk(owner, 0, null, 0, null);

      // The user waits for the acknowledgement in vain.
      peer.freeze();
      Change frozen = writeUnconfirmed(owner, sessions.get(0), "frozen");
      assertAtRisk(owner, 0, null, 1, frozen);
      peer.resume();
      await().atMost(DEADLINE).until(() -> "frozen".equals(peer.peek(sessions.get(0), "k")));
      // It arrived, and nobody says so.
      assertAtRisk(owner, 0, null, 1, frozen);
      write(sessions.get(0), "thawed");
      assertAtRisk(owner, 0, null, 0, null);

      bed.network().cut(owner, peer);
      Change cut = writeUnconfirmed(owner, sessions.get(0), "cut");
      cluster.awaitMembers(owner);
      cluster.awaitMembers(peer);
      Change alone = write(sessions.get(1), "alone");
      assertAtRisk(owner, 3, healthy, 3, healthy);

      // The peer lived on, and holds what it held. The first change had been handed to the kernel
      // and may arrive even now; the second was never sent.
      bed.network().heal();
      cluster.awaitMesh();
      awaitValue(owner, UNREPLICATED, 1);
      assertAtRisk(owner, 1, alone, 2, cut);
      assertThat(peer.peek(sessions.get(1), "k")).isEqualTo("healthy");
      assertThat(peer.peek(sessions.get(2), "k")).isEqualTo("healthy");

      for (Session changed : sessions.subList(0, 2)) {
        changed.write("k", "healed");
        assertThat(peer.peek(changed, "k")).isEqualTo("healed");
      }
      assertAtRisk(owner, 0, null, 0, null);

      peer.kill();
      write(sessions.get(0), "dead");
      cluster.awaitMembers(owner);
      assertAtRisk(owner, 3, healthy, 3, healthy);
      assertThat(owner.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  /** When a change was made: between these moments of the client's clock. */
  private record Change(long begin, long end) {}

  private static Change write(Session session, String value) {
    long begin = System.nanoTime();
    session.write("k", value);
    return new Change(begin, System.nanoTime());
  }

  /** Writes where that takes long, and returns when it has been answered. */
  private static Change writeUnconfirmed(Node owner, Session session, String value)
      throws Exception {
    long begin = System.nanoTime();
    CompletableFuture<Reply> answer =
        CompletableFuture.supplyAsync(() -> session.write("k", value));
    awaitValue(owner, UNCONFIRMED, 1);
    Change change = new Change(begin, System.nanoTime());
    answer.get(30, TimeUnit.SECONDS);
    return change;
  }

  /** What a scrape says now; the oldest changes are null when there is none. */
  private static void assertAtRisk(
      Node owner,
      int unreplicated,
      @Nullable Change unreplicatedOldest,
      int unconfirmed,
      @Nullable Change unconfirmedOldest) {
    long asked = System.nanoTime();
    Scrape scrape = owner.scrape();
    long answered = System.nanoTime();
    assertThat(scrape.value(UNREPLICATED, APP)).as("unreplicated").isEqualTo(unreplicated);
    assertThat(scrape.value(UNCONFIRMED, APP)).as("unconfirmed").isEqualTo(unconfirmed);
    assertAge(scrape, UNREPLICATED, unreplicatedOldest, asked, answered);
    assertAge(scrape, UNCONFIRMED, unconfirmedOldest, asked, answered);
  }

  private static void assertAge(
      Scrape scrape, String name, @Nullable Change oldest, long asked, long answered) {
    double age = scrape.value(name + "_oldest_seconds", APP);
    if (oldest == null) {
      assertThat(age).as("%s, age", name).isZero();
    } else {
      // Published ages may be rounded to the millisecond of the clock they come from.
      assertThat(age)
          .as("%s, age", name)
          .isBetween(
              (asked - oldest.end()) / 1e9 - 0.002, (answered - oldest.begin()) / 1e9 + 0.002);
    }
  }

  private static void awaitAtRest(Node owner) {
    awaitScrape(
        owner,
        DEADLINE,
        scrape -> {
          assertThat(scrape.value(UNCONFIRMED, APP)).isZero();
          assertThat(scrape.value(UNREPLICATED, APP)).isZero();
          assertThat(scrape.value(UNCONFIRMED + "_oldest_seconds", APP)).isZero();
          assertThat(scrape.value(UNREPLICATED + "_oldest_seconds", APP)).isZero();
        });
  }

  private static void awaitValue(Node owner, String name, int sessions) {
    awaitScrape(owner, DEADLINE, scrape -> assertThat(scrape.value(name, APP)).isEqualTo(sessions));
  }
}
