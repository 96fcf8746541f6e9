package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Client;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.Httpd;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import io.tribescope.testbed.Session;
import io.tribescope.testbed.WebappCaches;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JasperReports Server's own set-up for failover, on two Tomcats behind mod_jk. */
@Tag("real")
class JasperReportsIT {
  /** A batch waits up to a second, a manager for the others' heartbeats up to five. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final String DROPPED = "tomcat_session_attributes_dropped_total";
  private static final int KEPT = 3;
  private static final int LOST = 2;

  private static final String TIMESTAMPS = "org.hibernate.cache.spi.UpdateTimestampsCache";
  private static final String QUERIES = "org.hibernate.cache.internal.StandardQueryCache";
  private static final String REPOSITORY = "defaultRepoCache";

  /** Says that it is not serializable. */
  public static final class ReportUnit {}

  @Test
  void whatTheProductsFilterDropsIsCountedByClassAndTheRestFailsOver() {
    try (Bed bed = Bed.open("jasperreports");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .jasperReports()
              .webappClass(ReportUnit.class)
              .agent(Product.AGENT, "cluster=reports")
              .start();
      Httpd httpd = bed.httpd(cluster);
      Session session = client.create(httpd);
      Node served = cluster.node("node1".equals(session.node()) ? 1 : 2);
      Node other = cluster.node("node1".equals(session.node()) ? 2 : 1);

      for (int i = 1; i <= KEPT; i++) {
        session.write("kept" + i, "v" + i);
      }
      for (int i = 1; i <= LOST; i++) {
        session.writeInstance("lost" + i, ReportUnit.class);
      }
      // Claims to be serializable, and is not.
      session.writeUnserializable("lost");
      await()
          .atMost(DEADLINE)
          .untilAsserted(
              () ->
                  assertThat(other.peek(session, "lost"))
                      .isEqualTo("class com.jaspersoft.jasperserver.core.util.MissingObject"));

      Scrape scrape = awaitScrape(served, DEADLINE, s -> assertThat(s.sum(DROPPED)).isEqualTo(3));
      assertThat(scrape.value(DROPPED, labels(served, ReportUnit.class.getName()))).isEqualTo(LOST);
      assertThat(scrape.value(DROPPED, labels(served, "SessionServlet$Unserializable")))
          .isEqualTo(1);
      // Tomcat itself sent every change, and is none the wiser.
      assertThat(scrape.absent("tomcat_session_serialization_failures_total")).isTrue();
      assertThat(
              scrape.value(
                  "tribescope_agent_hook_status", "hook", "attribute-dropped", "status", "applied"))
          .isEqualTo(1);
      assertThat(other.scrape().absent(DROPPED)).isTrue();

      served.kill();
      for (int i = 1; i <= KEPT; i++) {
        assertThat(session.read("kept" + i)).isEqualTo("v" + i);
      }
      assertThat(session.node()).isEqualTo(other.name());
      assertThatThrownBy(() -> session.read("lost1"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("status 500");
      assertThat(client.verify().survived()).containsExactly(session);
      assertThat(other.scrape().absent(DROPPED)).isTrue();
      assertThat(other.scrape().sum("tribescope_agent_advice_errors_total")).isZero();
    }
  }

  private static String[] labels(Node node, String type) {
    return new String[] {
      "cluster", "reports", "observer", node.member(), "context", "localhost/app", "class", type
    };
  }

  /** At ROOT, whose context's name is the hardest to tell from a class loader. */
  @Test
  void theThreeCacheManagersReplicateAsTheyAreConfigured() {
    try (Bed bed = Bed.open("jasperreports-caches");
        Client client = bed.client()) {
      Cluster cluster =
          bed.cluster()
              .tomcat("9.0.117")
              .nodes(2)
              .jasperReports()
              .webappClass(ReportUnit.class)
              .each(node -> node.contextPath(""))
              .agent(Product.AGENT, "cluster=reports")
              .start();
      Node first = cluster.node(1);
      WebappCaches here = first.caches();
      WebappCaches there = cluster.node(2).caches();
      awaitPeers(here, there);

      // Puts go by copy, updates by invalidation, removals by key.
      here.put("jasperserverCache", "aclCache", "acl", "granted");
      awaitValue(there, "jasperserverCache", "aclCache", "acl", "granted");
      here.put("jasperserverCache", "aclCache", "acl", "denied");
      awaitValue(there, "jasperserverCache", "aclCache", "acl", null);
      assertThat(here.get("jasperserverCache", "aclCache", "acl")).isEqualTo("denied");
      there.put("jasperserverCache", "aclCache", "removed", "v");
      awaitValue(here, "jasperserverCache", "aclCache", "removed", "v");
      here.remove("jasperserverCache", "aclCache", "removed");
      awaitValue(there, "jasperserverCache", "aclCache", "removed", null);

      here.put("hibernate", QUERIES, "query", "1");
      awaitValue(there, "hibernate", QUERIES, "query", "1");
      here.put("hibernate", TIMESTAMPS, "table", "1");
      awaitValue(there, "hibernate", TIMESTAMPS, "table", "1");
      here.put("hibernate", TIMESTAMPS, "table", "2");
      awaitValue(there, "hibernate", TIMESTAMPS, "table", "2");
      // The product's defect: one group and the same names for two managers.
      awaitValue(there, "audit_hibernate", TIMESTAMPS, "table", "2");
      awaitValue(here, "audit_hibernate", TIMESTAMPS, "table", "2");
      assertThat(first.output()).contains("The resource is RMI listener port");

      // Puts stay where they are, and an update drops the others' element.
      here.put("hibernate", REPOSITORY, "folder", "old");
      there.put("hibernate", REPOSITORY, "folder", "mine");
      here.put("hibernate", REPOSITORY, "folder", "new");
      awaitValue(there, "hibernate", REPOSITORY, "folder", null);
      assertThat(here.get("hibernate", REPOSITORY, "folder")).isEqualTo("new");

      client.create(first).writeInstance("lost", ReportUnit.class);
      Scrape scrape = awaitScrape(first, DEADLINE, s -> assertThat(s.sum(DROPPED)).isEqualTo(1));
      assertThat(scrape.value(DROPPED, "context", first.context())).isEqualTo(1);
      assertThat(scrape.value("tomcat_sessions", "context", first.context(), "role", "primary"))
          .isEqualTo(1);
    }
  }

  /** Until a put arrives both ways: a manager finds the others by their heartbeats. */
  private static void awaitPeers(WebappCaches here, WebappCaches there) {
    for (String[] cache :
        new String[][] {
          {"jasperserverCache", "aclCache"},
          {"hibernate", QUERIES},
          {"hibernate", TIMESTAMPS},
          {"audit_hibernate", TIMESTAMPS}
        }) {
      // Each time another element: one that is here already would go as an invalidation.
      AtomicInteger tries = new AtomicInteger();
      await()
          .atMost(DEADLINE)
          .untilAsserted(
              () -> {
                here.put(cache[0], cache[1], "hello" + tries.incrementAndGet(), "here");
                assertThat(there.size(cache[0], cache[1])).isPositive();
              });
      there.put(cache[0], cache[1], "answer", "there");
      awaitValue(here, cache[0], cache[1], "answer", "there");
    }
  }

  private static void awaitValue(
      WebappCaches caches, String manager, String cache, String key, @Nullable String value) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(caches.get(manager, cache, key)).isEqualTo(value));
  }
}
