package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Httpd;
import io.tribescope.testbed.Load;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import io.tribescope.testbed.Session;
import io.tribescope.testbed.Totals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of sessions that came with another node's route, as their users saw it. */
@Tag("real")
class FailoverIT {
  private static final Duration DEADLINE = Duration.ofSeconds(90);
  private static final String FAILOVERS = "tomcat_session_failovers_total";
  private static final int SESSIONS = 40;

  @ParameterizedTest
  @ValueSource(strings = {"9.0.117", "8.5.100", "10.1.59", "11.0.25"})
  void whatIsRecoveredAndMissingIsWhatTheUsersSaw(String tomcat) {
    try (Bed bed = Bed.open("failover-" + tomcat);
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster().tomcat(tomcat).nodes(2).agent(Product.AGENT, "cluster=shop").start();
      Node killed = cluster.node(1);
      Node survivor = cluster.node(2);
      Httpd httpd = bed.httpd(cluster);
      Scrape before = survivor.scrape();
      Load load = client.load(httpd, SESSIONS, 100, Duration.ofMinutes(2));
      await().atMost(DEADLINE).until(() -> client.totals().writes() > 5 * SESSIONS);
      killed.kill();
      await()
          .atMost(DEADLINE)
          .until(
              () -> load.sessions().stream().map(Session::node).allMatch(survivor.name()::equals));
      load.close();
      Totals seen = client.totals();
      assertThat(seen.moved()).isPositive();

      Scrape after =
          awaitScrape(
              survivor,
              DEADLINE,
              scrape ->
                  assertThat(Scrapes.increase(before, scrape, FAILOVERS))
                      .isEqualTo((double) seen.moved()));
      assertThat(increase(before, after, "recovered", "down"))
          .isEqualTo((double) (seen.moved() - seen.lost()));
      assertThat(increase(before, after, "missing", "down")).isEqualTo((double) seen.lost());
      assertThat(List.of(after.sum("tribescope_agent_advice_errors_total"))).containsExactly(0.0);
    }
  }

  private static double increase(Scrape before, Scrape after, String outcome, String origin) {
    return Scrapes.increase(before, after, FAILOVERS, "outcome", outcome, "origin", origin);
  }
}
