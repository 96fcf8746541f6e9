package io.tribescope.system.agent;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever is wrong with the agent, Tomcat runs and replicates, and one line says what is wrong.
 */
@Tag("real")
class FailOpenIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** A class of the agent's is missing, and with it one step of its start, or one hook. */
  @ParameterizedTest(name = "without {0}")
  @CsvSource({
    "premain/Gate.class, the agent could not start and stays out",
    "premain/IsolatedLoader.class, the agent could not start; Tomcat runs on without it",
    "start/AgentStart.classdata, the agent could not start; Tomcat runs on without it",
    "recording/Recorder.classdata, the agent could not start; Tomcat runs on without it",
    "start/Options.classdata, The agent cannot publish what it counts; Tomcat is not affected",
    "exposition/MetricsServer.classdata, The agent cannot publish what it counts",
    "probe/Prober.classdata, 'Clocks are not compared: no lag is known, and not what arrived; Tomcat is not affected'",
  })
  void anAgentThatCannotStartLeavesTomcatAlone(String missing, String line) {
    try (Bed bed = Bed.open("fail-open");
        Client client = bed.client()) {
      Path damaged = Product.agentWithout(missing, bed.directory().resolve("damaged.jar"));
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(damaged, "cluster=shop").start();
      assertReplicates(client, cluster);
      assertThat(cluster.node(1).output()).containsOnlyOnce(line);
    }
  }

  @Test
  void aHookThatFailsIsCountedAndNothingElse() {
    try (Bed bed = Bed.open("fail-open-hook");
        Client client = bed.client()) {
      Path damaged =
          Product.agentWithout(
              "recording/Transmission.classdata", bed.directory().resolve("damaged.jar"));
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(damaged, "cluster=shop").start();
      assertReplicates(client, cluster);
      Scrape scrape =
          awaitScrape(
              cluster.node(1),
              DEADLINE,
              s ->
                  assertThat(s.value("tribescope_agent_advice_errors_total", "hook", "transmit"))
                      .isPositive());
      assertThat(scrape.value("tomcat_cluster_members")).isEqualTo(2);
      cluster.node(1).scrape();
      assertThat(cluster.node(1).output()).containsOnlyOnce("A hook failed (TRANSMIT)");
    }
  }

  @Test
  void aHookThatCannotBeAppliedIsNamed() {
    try (Bed bed = Bed.open("fail-open-advice");
        Client client = bed.client()) {
      Path damaged =
          Product.agentWithout(
              "hooks/ReceiverHooks$ReceiverWorker.classdata",
              bed.directory().resolve("damaged.jar"));
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(damaged, "cluster=shop").start();
      assertReplicates(client, cluster);
      Scrape scrape =
          awaitScrape(
              cluster.node(1),
              DEADLINE,
              s ->
                  assertThat(
                          s.value(
                              "tribescope_agent_hook_status",
                              "hook",
                              "receiver-worker",
                              "status",
                              "failed"))
                      .isEqualTo(1));
      // Unknown, not 0.
      assertThat(scrape.absent("tomcat_cluster_receiver_wait_seconds")).isTrue();
      assertThat(scrape.absent("tomcat_cluster_send_failures_total")).isFalse();
      assertThat(scrape.samples("tribescope_agent_hook_status", "status", "applied"))
          .hasSizeGreaterThan(10);
      assertThat(cluster.node(1).output()).containsOnlyOnce("Hook receiver-worker not applied");
    }
  }

  @Test
  void aTakenPortIsSaidInOneLine() throws IOException {
    try (Bed bed = Bed.openOnLoopback("fail-open-port");
        Client client = bed.client();
        ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .agent(Product.AGENT, "cluster=shop")
              .node(1, node -> node.agent(Product.AGENT, "port=" + taken.getLocalPort()))
              .start();
      assertReplicates(client, cluster);
      assertThat(cluster.node(1).output())
          .containsOnlyOnce(
              "Cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + " (Address already in use): nothing is published, Tomcat is not affected.");
    }
  }

  @Test
  void badOptionsAreSaidAndDefaultsTaken() {
    try (Bed bed = Bed.openOnLoopback("fail-open-options")) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(1)
              .agent(Product.AGENT, "prot=1,expected_members=many,cluster=shop")
              .start();
      Node node = cluster.node(1);
      Scrape scrape =
          awaitScrape(
              node,
              DEADLINE,
              s -> assertThat(s.value("tomcat_cluster_members", "cluster", "shop")).isEqualTo(1));
      assertThat(scrape.absent("tomcat_cluster_expected_members")).isTrue();
      assertThat(node.output())
          .containsOnlyOnce("option 'prot' (agent flag) is not known, and is ignored")
          .containsOnlyOnce("option expected_members=many (agent flag) is not usable");
    }
  }

  private static void assertReplicates(Client client, Cluster cluster) {
    Node first = cluster.node(1);
    Node second = cluster.node(2);
    Session session = client.create(first);
    // An asynchronous delta that overtakes its session's creation is dropped by Tomcat.
    await().atMost(DEADLINE).until(() -> second.holds(session));
    session.write("k", "v");
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("v"));
  }
}
