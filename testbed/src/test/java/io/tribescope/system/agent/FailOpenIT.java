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
import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is wrong with the agent, Tomcat runs and replicates, and one line says what is wrong.
 */
@Tag("real")
class FailOpenIT {
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  /** Each a class of the agent's that is missing, and what is said then. */
  private static final String[] CANNOT_START = {
    "premain/Gate.class, the agent could not start and stays out",
    "premain/IsolatedLoader.class, the agent could not start; Tomcat runs on without it",
    "start/AgentStart.classdata, the agent could not start; Tomcat runs on without it",
    "recording/Recorder.classdata, the agent could not start; Tomcat runs on without it",
  };

  private static final String[] CANNOT_PUBLISH = {
    "start/Options.classdata, The agent cannot publish what it counts; Tomcat is not affected",
    "http/MetricsServer.classdata, The agent cannot publish what it counts",
    "probe/Prober.classdata, Clocks are not compared: no lag is known, and not what arrived; Tomcat is not affected",
  };

  @Test
  void anAgentThatCannotStartLeavesTomcatAlone() {
    assertLeftAlone("fail-open-start", CANNOT_START);
  }

  @Test
  void anAgentThatCannotPublishLeavesTomcatAlone() {
    assertLeftAlone("fail-open-publish", CANNOT_PUBLISH);
  }

  /** A cluster in which each node's agent lacks another class. */
  private static void assertLeftAlone(String name, String[] damages) {
    try (Bed bed = Bed.open(name);
        Client client = bed.client()) {
      ClusterBuilder builder = bed.cluster().tomcat("9.0.117").nodes(damages.length);
      for (int number = 1; number <= damages.length; number++) {
        String missing = damages[number - 1].split(", ", 2)[0];
        Path jar = bed.directory().resolve("damaged" + number + ".jar");
        Path damaged = Product.agentWithout(missing, jar);
        builder.node(number, node -> node.agent(damaged, "cluster=shop"));
      }
      Cluster cluster = builder.start();
      for (int number = 1; number <= damages.length; number++) {
        Node node = cluster.node(number);
        assertReplicates(client, node, cluster.node(number % damages.length + 1));
        String[] damage = damages[number - 1].split(", ", 2);
        assertThat(node.output()).as("without %s", damage[0]).containsOnlyOnce(damage[1]);
      }
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
      assertThat(cluster.node(1).output()).containsOnlyOnce("Hook transmit failed: ");
    }
  }

  @Test
  void aHookThatCannotBeAppliedIsNamed() {
    try (Bed bed = Bed.open("fail-open-advice");
        Client client = bed.client()) {
      Path damaged =
          Product.agentWithout(
              "hooks/tribes/ReceiverHooks$ReceiverWorker.classdata",
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
    assertReplicates(client, cluster.node(1), cluster.node(2));
  }

  private static void assertReplicates(Client client, Node first, Node second) {
    Session session = client.create(first);
    // An asynchronous delta that overtakes its session's creation is dropped by Tomcat.
    await().atMost(DEADLINE).until(() -> second.holds(session));
    session.write("k", "v");
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(second.peek(session, "k")).isEqualTo("v"));
  }
}
