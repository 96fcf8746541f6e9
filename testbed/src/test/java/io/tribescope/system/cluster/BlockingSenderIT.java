package io.tribescope.system.cluster;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The blocking sender of Tomcat 6 to 9 completes and fails as the other: a healthy peer is well.
 */
@Tag("real")
class BlockingSenderIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String NIO = "org.apache.catalina.tribes.transport.nio.PooledParallelSender";
  private static final String BLOCKING =
      "org.apache.catalina.tribes.transport.bio.PooledMultiSender";

  @Test
  void whatIsAcknowledgedIsCountedAndADeadPeerIsTheOnlyFailure() throws IOException {
    try (Bed bed = Bed.open("blocking");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(3)
              .sendOptions(6)
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .create();
      for (Node node : cluster.nodes()) {
        Path config = node.base().resolve("conf/server.xml");
        String text = Files.readString(config);
        assertThat(text).contains(NIO);
        Files.writeString(config, text.replace(NIO, BLOCKING));
      }
      cluster.start();
      cluster.awaitMesh();
      Node sender = cluster.node(1);
      Node lives = cluster.node(2);
      Node dies = cluster.node(3);
      Session session = client.create(sender);
      for (int i = 0; i < 5; i++) {
        session.write("k", "v" + i);
      }
      // Since Tomcat 9.0.110 the creating request sends a delta, too (Bug 69814).
      for (Node peer : new Node[] {lives, dies}) {
        awaitSent(sender, peer, 6);
      }

      dies.kill();
      session.write("k", "w");
      await().atMost(DEADLINE).until(() -> "w".equals(lives.peek(session, "k")));
      awaitSent(sender, lives, 7);
      awaitScrape(
          sender,
          DEADLINE,
          scrape -> {
            assertThat(scrape.sum("tomcat_cluster_send_failures_total", "member", lives.member()))
                .isZero();
            assertThat(scrape.sum("tomcat_cluster_send_failures_total", "member", dies.member()))
                .isPositive();
            assertThat(scrape.sum("tribescope_agent_advice_errors_total")).isZero();
          });
    }
  }

  private static void awaitSent(Node sender, Node peer, int deltas) {
    awaitScrape(
        sender,
        DEADLINE,
        scrape ->
            assertThat(
                    scrape.value(
                        "tomcat_cluster_messages_sent_total",
                        "member",
                        peer.member(),
                        "type",
                        "delta",
                        "confirmation",
                        "acknowledged"))
                .isEqualTo(deltas));
  }
}
