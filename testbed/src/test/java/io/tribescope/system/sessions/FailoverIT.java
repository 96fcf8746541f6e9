package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Load;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of sessions that came with another node's route, as their users saw it. */
@Tag("real")
class FailoverIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** Why a session moved is decided when it is known whether the other node lives. */
  private static final Duration DECIDED = Duration.ofSeconds(90);

  private static final int SESSIONS = 12;
  private static final String NOBODYS = "0123456789ABCDEF0123456789ABCDEF";

  @ParameterizedTest
  @ValueSource(strings = {"9.0.117", "8.5.100", "10.1.59", "11.0.25"})
  void whatIsRecoveredAndMissingIsWhatTheUsersSaw(String tomcat) {
    try (Bed bed = Bed.open("failover-" + tomcat);
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat(tomcat).nodes(3).agent(Product.AGENT, "cluster=shop").start();
      Node owner = cluster.node(1);
      List<Node> survivors = cluster.nodes().subList(1, 3);
      Httpd httpd = bed.httpd(cluster);
      Load load = client.load(httpd, SESSIONS, 60, Duration.ofMinutes(2));
      await().atMost(DEADLINE).until(() -> client.totals().writes() > 3 * SESSIONS);
      List<Session> served = servedBy(owner, load.sessions());
      assertThat(served).isNotEmpty();
      await()
          .atMost(DEADLINE)
          .until(() -> survivors.stream().allMatch(it -> served.stream().allMatch(it::holds)));

      // What is created now nobody else will ever hold.
      survivors.forEach(survivor -> bed.network().cut(owner, survivor));
      List<Session> alone = createdOn(owner, client, httpd, 2);
      assertThat(client.totals().moved()).isZero();
      owner.kill();
      await().atMost(DEADLINE).until(() -> servedBy(owner, load.sessions()).isEmpty());
      load.close();
      alone.forEach(Session::touch);

      long lost = client.totals().lost();
      assertThat(lost).isGreaterThanOrEqualTo(alone.size());
      assertThat(client.totals().moved()).isEqualTo(served.size() + alone.size());
      awaitFailovers(
          survivors,
          DECIDED,
          Map.of(
              "recovered down",
              (int) (client.totals().moved() - lost),
              "missing down",
              (int) lost));
      assertNothingFailedInside(survivors);
    }
  }

  @Test
  void withoutTheValveThatChangesRoutesAMoveIsCountedOnce() {
    try (Bed bed = Bed.open("failover-no-valve");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .without("JvmRouteBinderValve")
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node owner = cluster.node(1);
      Node survivor = cluster.node(2);
      Httpd httpd = bed.httpd(cluster);
      List<Session> sessions = client.create(httpd, 6);
      List<Session> served = servedBy(owner, sessions);
      assertThat(served).isNotEmpty();
      await().atMost(DEADLINE).until(() -> served.stream().allMatch(survivor::holds));

      owner.kill();
      // Their cookies name the dead node for ever.
      for (int request = 0; request < 3; request++) {
        sessions.forEach(Session::touch);
      }
      assertThat(client.totals().lost()).isZero();
      assertThat(served.get(0).id()).endsWith("." + owner.name());
      awaitFailovers(List.of(survivor), DECIDED, Map.of("recovered down", served.size()));
      assertNothingFailedInside(List.of(survivor));
    }
  }

  @Test
  void whileTheOtherNodeLivesStickinessIsWhatBroke() {
    try (Bed bed = Bed.open("failover-live");
        Client client = bed.client();
        Client strangers = bed.client()) {
      // Acknowledged, so that a session's new id is known before its next request.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .sendOptions(6)
              .set("Engine", "backgroundProcessorDelay", "1")
              .set("DeltaManager", "processExpiresFrequency", "1")
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      Httpd loose = bed.httpd(cluster, Map.of("worker.loadbalancer.sticky_session", "false"));

      // An odd number in turns over two nodes: each request goes elsewhere than the one before.
      List<Session> sessions = client.create(loose, 3);
      for (int request = 0; request < 3; request++) {
        sessions.forEach(session -> session.write("k", "v"));
      }
      int moved = (int) client.totals().moved();
      assertThat(moved).isPositive();
      assertThat(client.totals().lost()).isZero();

      Session idle = client.create(first);
      idle.timeout(Duration.ofSeconds(1));
      await().atMost(DEADLINE).until(() -> !first.holds(idle) && !second.holds(idle));
      strangers.returning(second, idle.id()).touch();
      String forged = NOBODYS + "." + first.name();
      strangers.returning(second, forged).touch();
      strangers.returning(second, forged).touch();
      // Without a route it came from nowhere.
      strangers.returning(second, NOBODYS).touch();
      assertThat(strangers.totals().lost()).isEqualTo(4);

      awaitFailovers(
          cluster.nodes(),
          DECIDED,
          Map.of("recovered up", moved, "expired up", 1, "missing up", 1));
      for (Node node : cluster.nodes()) {
        assertThat(count(node.scrape(), "tomcat_session_ownership_conflicts_total")).isZero();
      }
      assertNothingFailedInside(cluster.nodes());
    }
  }

  private static List<Session> servedBy(Node node, List<Session> sessions) {
    return sessions.stream().filter(session -> node.name().equals(session.node())).toList();
  }

  private static List<Session> createdOn(Node node, Client client, Httpd httpd, int number) {
    List<Session> created = new ArrayList<>();
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              created.addAll(servedBy(node, List.of(client.create(httpd))));
              return created.size() == number;
            });
    return created;
  }

  /** Waits for these failovers and no others, by outcome and origin, over all the nodes. */
  private static void awaitFailovers(
      List<Node> nodes, Duration deadline, Map<String, Integer> expected) {
    await().atMost(deadline).untilAsserted(() -> assertThat(failovers(nodes)).isEqualTo(expected));
  }

  private static Map<String, Integer> failovers(List<Node> nodes) {
    Map<String, Integer> seen = new TreeMap<>();
    for (Node node : nodes) {
      node.scrape()
          .samples("tomcat_session_failovers_total", "context", node.context())
          .forEach(
              sample ->
                  seen.merge(
                      sample.labels().get("outcome") + " " + sample.labels().get("origin"),
                      (int) sample.value(),
                      Integer::sum));
    }
    seen.values().removeIf(none -> none == 0);
    return seen;
  }

  private static void assertNothingFailedInside(List<Node> nodes) {
    for (Node node : nodes) {
      assertThat(node.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }
}
