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
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A receiver whose workers an Error took, one for each: it hears nothing for ever, while its
 * membership looks as well as ever.
 */
@Tag("real")
class StuckReceiverIT {
  private static final Duration DEADLINE = Duration.ofSeconds(40);
  private static final String WAIT = "tomcat_cluster_receiver_wait_seconds";
  private static final int WORKERS = 2;

  /** Takes the worker that reads it, on the replica. */
  public static final class Poison implements Serializable {
    private void readObject(ObjectInputStream in) {
      throw new AssertionError("poison");
    }
  }

  @Test
  void aReceiverWithoutWorkersSaysForHowLong() {
    try (Bed bed = Bed.open("stuck-receiver");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .set("NioReceiver", "maxThreads", Integer.toString(WORKERS))
              .set("NioReceiver", "minThreads", "1")
              // A connection for each message: a second one in the connection of a first that took
              // its worker is never read, and takes none.
              .set("PooledParallelSender", "keepAliveCount", "0")
              .webappClass(Poison.class)
              .agent(Product.AGENT, "cluster=shop")
              .start();
      Node sender = cluster.node(1);
      Node stuck = cluster.node(2);
      Session session = client.create(sender);
      await().atMost(DEADLINE).until(() -> stuck.holds(session));
      session.write("k", "healthy");
      await().atMost(DEADLINE).until(() -> "healthy".equals(stuck.peek(session, "k")));
      assertThat(stuck.scrape().value(WAIT)).isLessThan(1);

      for (int worker = 0; worker < WORKERS; worker++) {
        session.writeInstance("poison", Poison.class);
      }
      session.write("k", "never read");

      // Longer than a member that is not heard of stays in a view.
      awaitScrape(stuck, DEADLINE, scrape -> assertThat(scrape.value(WAIT)).isGreaterThan(8));
      for (Node node : cluster.nodes()) {
        assertThat(node.scrape().value("tomcat_cluster_members")).isEqualTo(2);
      }
      assertThat(stuck.peek(session, "k")).isEqualTo("healthy");
      double wait = stuck.scrape().value(WAIT);
      awaitScrape(stuck, DEADLINE, scrape -> assertThat(scrape.value(WAIT)).isGreaterThan(wait));
      assertThat(sender.scrape().value(WAIT)).isZero();
    }
  }
}
