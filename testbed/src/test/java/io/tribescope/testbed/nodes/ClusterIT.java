package io.tribescope.testbed.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Load;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.clients.Totals;
import io.tribescope.testbed.clients.Verdict;
import io.tribescope.testbed.machine.TestBedException;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** One cluster of two for all tests: each begins with both nodes up and in touch. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClusterIT {
  /** For answers that are not expected. */
  private static final Duration SHORT = Duration.ofSeconds(3);

  private final Bed bed = Bed.open("cluster");
  private Cluster cluster;
  private Node first;
  private Node second;
  private Client client;

  /** Runs within the web application. */
  public static class LoaderName implements Callable<String> {
    @Override
    public String call() {
      return getClass().getClassLoader().getClass().getSimpleName();
    }
  }

  @BeforeAll
  void start() {
    cluster =
        bed.cluster()
            .webappClass(LoaderName.class)
            .webappClass(Unreadable.class)
            // Sessions whose time is over are looked for each second.
            .set("Engine", "backgroundProcessorDelay", "1")
            .set("DeltaManager", "processExpiresFrequency", "1")
            .start();
    first = cluster.node(1);
    second = cluster.node(2);
  }

  @BeforeEach
  void mend() {
    bed.network().heal();
    for (Node node : cluster.nodes()) {
      if (node.isRunning()) {
        node.resume();
      } else {
        node.start();
      }
    }
    cluster.awaitMesh();
    client = bed.client();
  }

  @AfterAll
  void close() {
    bed.close();
  }

  @Test
  void whatIsWrittenOnOneNodeIsReadOnTheOther() {
    Session session = replicated(client, first, second);
    session.write("k", "a \"b\" ä&=%");

    await().untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("a \"b\" ä&=%"));
    assertThat(session.node()).isEqualTo("node1");
    assertThat(session.via(second).read("k")).isEqualTo("a \"b\" ä&=%");
    assertThat(session.node()).isEqualTo("node2");
    assertThat(session.id()).endsWith(".node2");
    assertThat(client.totals())
        .isEqualTo(new Totals(1, 1, 2, 0, 0, 1, Map.of("node1", 2L, "node2", 1L)));
  }

  @Test
  void sessionThatIsInvalidatedIsHeldNowhere() {
    Session session = client.create(first);
    String id = session.id();
    await().until(() -> second.holds(session));
    int held = second.sessionCount();

    session.invalidate();

    await().until(() -> second.sessionCount() == held - 1);
    assertThatThrownBy(session::id).isInstanceOf(TestBedException.class);
    session.write("k", "v");
    assertThat(session.id()).isNotEqualTo(id);
    assertThat(client.totals().created()).isEqualTo(2);
    assertThat(client.totals().lost()).isZero();
  }

  @Test
  void attributeThatCannotBeSerializedStaysBehind() {
    Session session = replicated(client, first, second);
    session.write("k", "v");
    await().untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("v"));

    session.writeUnserializable("u");

    await()
        .untilAsserted(
            () ->
                assertThat(first.output()).contains("NotSerializableException: java.lang.Object"));
    assertThat(second.peek(session, "u")).isNull();
  }

  @Test
  void changeOutsideOfARequestIsMadeThereAndGoesWithTheNextRequest() {
    Session session = replicated(client, first, second);
    session.write("k", "v");
    session.writeLater("k", "w");
    assertThat(first.peek(session, "k")).isEqualTo("v");

    first.runLater();

    assertThat(first.peek(session, "k")).isEqualTo("w");
    session.touch();
    await().untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("w"));
    assertThat(client.verify().survived()).containsExactly(session);
  }

  /** Leaves a trace where it is read back. */
  public static class Unreadable implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException {
      throw new InvalidObjectException("unreadable by intent");
    }
  }

  @Test
  void instanceOfATestsOwnClassGoesToTheReplica() {
    Session session = replicated(client, first, second);
    session.writeInstance("k", Unreadable.class);
    await().until(() -> second.output().contains("unreadable by intent"));
    assertThat(first.peek(session, "k")).startsWith(Unreadable.class.getName());
    assertThat(second.peek(session, "k")).isNull();
  }

  @Test
  void sessionWhoseTimeIsOverIsHeldNowhere() {
    Session session = client.create(first);
    session.timeout(Duration.ofSeconds(1));
    String id = session.id();
    await().atMost(Duration.ofSeconds(20)).until(() -> !first.holds(session));
    await().until(() -> !second.holds(session));

    Session returned = client.returning(second, id);
    returned.touch();
    assertThat(returned.lost()).isTrue();
  }

  @Test
  void classRunsWithinTheApplication() {
    assertThat(first.call(LoaderName.class)).isEqualTo("ParallelWebappClassLoader");
  }

  @Test
  void cutNodesLoseEachOtherAndTheirSessionsStayStaleAfterTheHeal() {
    Session session = replicated(client, first, second);
    session.write("k", "before");
    await().untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("before"));

    bed.network().cut(first, second);
    cluster.awaitMembers(first);
    cluster.awaitMembers(second);
    session.write("k", "during");
    assertThat(first.peek(session, "k")).isEqualTo("during");

    bed.network().heal();
    cluster.awaitMesh();
    session.via(second);
    Verdict verdict = client.verify();
    assertThat(verdict).hasToString("survived 0, lost 0, stale 1, unanswered 0");
    assertThat(verdict.stale()).containsExactly(session);
  }

  @Test
  void oneWayCutIsSeenByTheNodeThatHearsNothing() {
    bed.network().cutOneWay(first, second);
    cluster.awaitMembers(second);
    assertThat(first.members()).containsExactly(second.member());

    bed.network().heal(first, second);
    cluster.awaitMesh();
  }

  @Test
  void whatIsLostOnItsWayIsNotSentAgain() {
    Session session = replicated(client, first, second);
    session.write("k", "before");
    await().untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("before"));

    bed.network().lose("swallowed", first, second);
    session.write("k", "swallowed");
    session.write("l", "after");

    await().untilAsserted(() -> assertThat(second.peek(session, "l")).isEqualTo("after"));
    assertThat(second.peek(session, "k")).isEqualTo("before");
    assertThat(first.members()).containsExactly(second.member());
  }

  @Test
  void frozenNodeAnswersOnceItIsResumed() {
    Client impatient = bed.client(SHORT);
    Session session = impatient.create(second);
    second.freeze();
    assertThatThrownBy(() -> session.write("k", "v")).isInstanceOf(UncheckedIOException.class);
    assertThat(impatient.totals().failed()).isEqualTo(1);
    second.resume();

    // The write was in the socket all the time: it is applied now, or later, or not at all.
    assertThat(impatient.verify().survived()).containsExactly(session);
    session.write("l", "w");
    assertThat(session.read("l")).isEqualTo("w");
  }

  @Test
  void killedNodeIsMissedAndItsSessionsLiveOn() {
    Client impatient = bed.client(SHORT);
    Session session = replicated(impatient, second, first);
    session.write("k", "v");
    await().untilAsserted(() -> assertThat(first.peek(session, "k")).isEqualTo("v"));

    second.kill();

    assertThat(second.isRunning()).isFalse();
    cluster.awaitMembers(first);
    assertThat(impatient.verify().unanswered()).containsExactly(session);
    session.via(first);
    assertThat(impatient.verify().survived()).containsExactly(session);
  }

  @Test
  void sessionThatNoNodeHoldsIsLost() {
    bed.network().cut(first, second);
    cluster.awaitMembers(second);
    Session session = client.create(second);
    session.write("k", "v");
    second.kill();

    session.via(first);

    assertThat(client.verify()).hasToString("survived 0, lost 1, stale 0, unanswered 0");
    assertThat(session.lost()).isTrue();
    assertThat(client.totals().lost()).isEqualTo(1);
    // Else the first still has the old life in its view when the next test starts the second.
    cluster.awaitMembers(first);
  }

  @Test
  void stoppedNodeTakesItsLeave() {
    second.stop();
    cluster.awaitMembers(first);
    assertThat(second.output()).contains("Destroying ProtocolHandler");
  }

  @Test
  void loadWritesAtItsRate() {
    int perSecond = 20;
    long begin = System.nanoTime();
    try (Load load = client.load(first, 4, perSecond, Duration.ofMinutes(1))) {
      await().until(() -> client.totals().writes() >= 20);
      assertThat(load.sessions()).hasSize(4);
    }
    Totals totals = client.totals();
    assertThat(totals.created()).isEqualTo(4);
    double seconds = (System.nanoTime() - begin) / 1e9;
    assertThat(totals.writes()).isBetween(20L, (long) (seconds * perSecond) + 1);
    assertThat(totals.failed()).isZero();
    assertThat(client.verify().survived()).hasSize(4);
  }

  /** An asynchronous change can overtake its session's creation, and is dropped then. */
  private static Session replicated(Client client, Node owner, Node replica) {
    Session session = client.create(owner);
    await().until(() -> replica.holds(session));
    return session;
  }
}
