package io.tribescope.system.sessions;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Load;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A node joins under load: what came while it fetched its state is accounted for, too. */
@Tag("real")
class JoinIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final List<String> ON_SESSIONS =
      List.of("created", "delta", "expired", "accessed", "id_changed");

  @Test
  void everythingReceivedIsAppliedOrDiscarded() {
    try (Bed bed = Bed.open("join");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat("9.0.117").nodes(2).agent(Product.AGENT, "cluster=shop").create();
      Node donor = cluster.node(1);
      Node joiner = cluster.node(2);
      donor.start();
      try (Load load = client.load(donor, 20, 100, Duration.ofMinutes(2))) {
        assertThat(load.sessions()).hasSize(20);
        joiner.start();
        // Until changes are applied as they come, after the state came.
        awaitScrape(
            joiner,
            DEADLINE,
            scrape ->
                assertThat(scrape.value("tomcat_cluster_apply_seconds_count")).isGreaterThan(100));
      }
      Scrape received =
          awaitScrape(
              joiner,
              DEADLINE,
              scrape -> {
                assertThat(received(scrape))
                    .isEqualTo(sum(donor.scrape(), "tomcat_cluster_messages_sent_total"));
                double applied = scrape.value("tomcat_cluster_apply_seconds_count");
                double discarded = scrape.sum("tomcat_cluster_messages_discarded_total");
                assertThat(applied + discarded).isEqualTo(received(scrape));
              });
      assertThat(joiner.sessionCount()).isEqualTo(20);
      assertThat(received.sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  /** From whomever: the first may come before the donor is in the joiner's view. */
  private static double received(Scrape scrape) {
    return sum(scrape, "tomcat_cluster_messages_received_total");
  }

  private static double sum(Scrape scrape, String name) {
    return ON_SESSIONS.stream()
        .filter(type -> !scrape.absent(name, "type", type))
        .mapToDouble(type -> scrape.sum(name, "type", type))
        .sum();
  }
}
