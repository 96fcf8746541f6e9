package io.tribescope.system.cluster;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the asynchronous queue holds, and throws away when it is full and when its node stops. */
@Tag("real")
class QueueIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String DISCARDED = "tomcat_cluster_queue_discarded_total";
  private static final String[] APP = {"context", "localhost/app"};

  /** Stops the cluster of the Tomcat in which it is called, and starts it again. */
  public static final class RestartCluster implements Callable<String> {
    @Override
    public String call() throws Exception {
      MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
      ObjectName cluster = new ObjectName("Catalina:type=Cluster");
      mbeans.invoke(cluster, "stop", null, null);
      mbeans.invoke(cluster, "start", null, null);
      return String.valueOf(mbeans.getAttribute(cluster, "stateName"));
    }
  }

  @Test
  void aFullQueueThrowsChangesAwayAndSoDoesAShutdown() throws Exception {
    try (Bed bed = Bed.open("queue");
        Client client = bed.client()) {
      // Acknowledged, and one at a time: a frozen peer holds up the queue. There is room for three
      // of the changes below, and for no fourth.
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .webappClass(RestartCluster.class)
              .sendOptions(10)
              .set("PooledParallelSender", "timeout", "15000")
              .set("MessageDispatchInterceptor", "maxThreads", "1")
              .set("MessageDispatchInterceptor", "maxSpareThreads", "1")
              .set("MessageDispatchInterceptor", "maxQueueSize", "15000")
              .set("MessageDispatchInterceptor", "alwaysSend", "false")
              .agent(Product.AGENT, "cluster=shop,probe=false")
              .start();
      Node owner = cluster.node(1);
      Node peer = cluster.node(2);
      List<Session> sessions = client.create(owner, 4);
      await().atMost(DEADLINE).until(() -> sessions.stream().allMatch(peer::holds));
      awaitScrape(
          owner,
          DEADLINE,
          scrape -> {
            assertThat(scrape.value("tomcat_session_unconfirmed", APP)).isZero();
            assertThat(scrape.value("tomcat_cluster_queue_bytes")).isZero();
            assertThat(scrape.value("tomcat_cluster_queue_messages")).isZero();
            assertThat(scrape.value("tomcat_cluster_queue_capacity_bytes")).isEqualTo(15_000);
            assertThat(count(scrape, DISCARDED)).isZero();
          });

      peer.freeze();
      String large = "x".repeat(4_000);
      sessions.forEach(session -> session.write("k", large));
      awaitScrape(
          owner,
          DEADLINE,
          scrape -> {
            assertThat(scrape.value(DISCARDED, "reason", "full")).isEqualTo(1);
            assertThat(scrape.value("tomcat_cluster_queue_bytes")).isBetween(12_000.0, 15_000.0);
            assertThat(scrape.value("tomcat_cluster_queue_messages")).isEqualTo(2);
            assertThat(scrape.value("tomcat_session_unreplicated", APP)).isEqualTo(1);
            assertThat(scrape.value("tomcat_session_unconfirmed", APP)).isEqualTo(4);
            assertThat(scrape.sum("tribescope_agent_advice_errors_total")).isZero();
          });

      // One is being sent and two wait. The stop of the channel waits for the one.
      CompletableFuture<String> restarted =
          CompletableFuture.supplyAsync(() -> owner.call(RestartCluster.class));
      await().atMost(DEADLINE).until(() -> stops(owner).count() == 1);
      peer.resume();
      assertThat(restarted.get(30, TimeUnit.SECONDS)).isEqualTo("STARTED");
      cluster.awaitMesh();
      awaitScrape(
          owner,
          DEADLINE,
          scrape -> {
            assertThat(scrape.value(DISCARDED, "reason", "shutdown")).isEqualTo(2);
            assertThat(scrape.value(DISCARDED, "reason", "full")).isEqualTo(1);
            assertThat(scrape.value("tomcat_cluster_queue_messages")).isZero();
            assertThat(scrape.value("tomcat_cluster_queue_bytes")).isZero();
            assertThat(scrape.value("tomcat_session_unreplicated", APP)).isEqualTo(3);
            assertThat(scrape.sum("tribescope_agent_advice_errors_total")).isZero();
          });
      for (Session thrownAway : sessions.subList(1, 4)) {
        assertThat(peer.peek(thrownAway, "k")).isNull();
      }
      // Of a whole node's stop no scrape tells, so the log does.
      assertThat(stops(owner))
          .singleElement(STRING)
          .endsWith(
              "The dispatch queue was stopped with 2 messages in it: no other node gets them");
    }
  }

  private static Stream<String> stops(Node node) {
    return node.output().lines().filter(line -> line.contains("dispatch queue was stopped"));
  }
}
