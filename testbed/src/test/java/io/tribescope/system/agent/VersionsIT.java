package io.tribescope.system.agent;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.machine.InstalledJava;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every hook takes, and counts come out, on the other Tomcats and on a newer Java. */
@Tag("real")
class VersionsIT {
  private static final int HOOKS = 39;

  /** Requests with a session that send a delta: all since Bug 69814's change, else the changing. */
  @ParameterizedTest(name = "Tomcat {0} on Java {1}")
  @CsvSource({
    "8.5.100, 17, 3",
    "10.1.59, 17, 4",
    "11.0.25, 17, 4",
    "11.0.25, 25, 4",
  })
  void everyHookTakes(String tomcat, int java, int deltas) {
    Optional<Path> javaHome = InstalledJava.home(java);
    assumeTrue(javaHome.isPresent(), "no Java " + java + " is installed");
    try (Bed bed = Bed.open("tomcat-" + tomcat + "-java-" + java);
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat(tomcat)
              .nodes(2)
              .agent(Product.AGENT, "cluster=shop")
              .each(node -> node.javaHome(javaHome.get()))
              .start();
      Node first = cluster.node(1);
      Node second = cluster.node(2);
      Session session = client.create(first);
      // An asynchronous delta that overtakes its session's creation is dropped by Tomcat.
      await().atMost(Duration.ofSeconds(20)).until(() -> second.holds(session));
      session.write("a", "1");
      session.write("b", "2");
      session.touch();

      Scrape received =
          awaitScrape(
              second,
              Duration.ofSeconds(20),
              scrape ->
                  assertThat(scrape.sum("tomcat_cluster_messages_received_total", "type", "delta"))
                      .isEqualTo(deltas));
      assertThat(received.sum("tomcat_cluster_messages_received_total", "type", "created"))
          .isEqualTo(1);
      assertThat(second.peek(session, "b")).isEqualTo("2");
      // The receiver may have it before the sender has counted the last byte written.
      Scrape sent =
          awaitScrape(
              first,
              Duration.ofSeconds(20),
              scrape ->
                  assertThat(
                          scrape.value(
                              "tomcat_cluster_messages_sent_total",
                              "type",
                              "delta",
                              "confirmation",
                              "written"))
                      .isEqualTo(deltas));
      String requests = "tomcat_session_requests_total";
      assertThat(sent.value(requests, "outcome", "replicated")).isEqualTo(deltas);
      assertThat(sent.value(requests, "outcome", "unchanged")).isEqualTo(4 - deltas);
      assertThat(sent.value("tomcat_cluster_node_info", "tomcat_version", tomcat)).isEqualTo(1);
      for (Scrape scrape : List.of(sent, received)) {
        assertThat(scrape.sum("tribescope_agent_advice_errors_total")).isZero();
        assertThat(scrape.value("tomcat_cluster_members")).isEqualTo(2);
      }
      assertThat(sent.value("tomcat_cluster_queue_capacity_bytes")).isEqualTo(64 << 20);
      awaitScrape(
          first,
          Duration.ofSeconds(20),
          scrape -> {
            assertThat(scrape.value("tomcat_cluster_messages_missing_total")).isZero();
            assertThat(scrape.value("tomcat_cluster_queue_messages")).isZero();
            assertThat(scrape.value("tomcat_cluster_queue_wait_seconds_count")).isPositive();
          });
      assertThat(first.output()).doesNotContain("sun.misc.Unsafe");
      // The hook on a delta's application is seen where one was applied.
      assertThat(received.samples("tribescope_agent_hook_status"))
          .hasSize(HOOKS)
          .extracting(Sample::labels)
          .allSatisfy(labels -> assertThat(labels).containsEntry("status", "applied"));
    }
  }
}
