package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Client;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.clients.Session;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.Httpd;
import io.tribescope.testbed.nodes.Node;
import io.tribescope.testbed.nodes.WebappCaches;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** JasperReports Server's own set-up for failover, on two Tomcats behind mod_jk. */
@Tag("real")
class JasperReportsIT {
  /** A batch waits up to a second, a manager for the others' heartbeats up to five. */
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private static final String DROPPED = "tomcat_session_attributes_dropped_total";
  private static final String[] BY = {"manager", "cache", "operation", "peer"};
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
      // An asynchronous change that overtakes its session's creation is dropped by Tomcat.
      await().atMost(DEADLINE).until(() -> other.holds(session));

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
      awaitPeers(here);
      awaitPeers(there);
      // One that still goes on would put back what it read before a change that came meanwhile.
      awaitBootstraps(first);
      awaitBootstraps(cluster.node(2));

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

      assertThatEachChangeIsCounted(cluster);

      client.create(first).writeInstance("lost", ReportUnit.class);
      Scrape scrape = awaitScrape(first, DEADLINE, s -> assertThat(s.sum(DROPPED)).isEqualTo(1));
      assertThat(scrape.value(DROPPED, "context", first.context())).isEqualTo(1);
      assertThat(scrape.value("tomcat_sessions", "context", first.context(), "role", "primary"))
          .isEqualTo(1);
    }
  }

  /** What each manager of the first node sent, and what each of the second got from there. */
  private static void assertThatEachChangeIsCounted(Cluster cluster) {
    String own = cluster.node(1).address();
    String other = cluster.node(2).address();
    Map<String, Integer> sent =
        Map.of(
            "jasperserverCache aclCache put " + other, 1,
            "jasperserverCache aclCache remove " + other, 2,
            // To both managers of the other node, and to its own neighbour.
            "hibernate " + QUERIES + " put " + other, 2,
            "hibernate " + QUERIES + " put " + own, 1,
            "hibernate " + TIMESTAMPS + " put " + other, 4,
            "hibernate " + TIMESTAMPS + " put " + own, 2,
            "hibernate " + REPOSITORY + " remove " + other, 2,
            "hibernate " + REPOSITORY + " remove " + own, 1);
    Scrape scrape =
        awaitScrape(
            cluster.node(1),
            DEADLINE,
            s -> assertThat(counts(s, "ehcache_replication_sent_total", BY)).isEqualTo(sent));
    assertThat(CacheScrapes.dropped(scrape)).isEmpty();
    assertThat(CacheScrapes.failures(scrape)).isEmpty();
    assertThat(counts(scrape, "tomcat_cluster_config_problem", "check"))
        .isEqualTo(Map.of("ehcache-managers-crossed", 1));
    assertThat(scrape.samples("ehcache_replication_sent_total"))
        .allSatisfy(
            sample ->
                assertThat(sample.labels())
                    .containsEntry("context", cluster.node(1).context())
                    .containsEntry("cluster", "reports"));
    assertThat(counts(cluster.node(2).scrape(), "ehcache_replication_received_total", BY))
        .isEqualTo(
            Map.of(
                "jasperserverCache aclCache put " + own, 1,
                "jasperserverCache aclCache remove " + own, 2,
                "hibernate " + QUERIES + " put " + own, 1,
                "audit_hibernate " + QUERIES + " put " + own, 1,
                "hibernate " + TIMESTAMPS + " put " + own, 2,
                "audit_hibernate " + TIMESTAMPS + " put " + own, 2,
                "hibernate " + REPOSITORY + " remove " + own, 1,
                "audit_hibernate " + REPOSITORY + " remove " + own, 1));
  }

  /** A manager finds the others by their heartbeats, and takes its neighbour for one of them. */
  private static void awaitPeers(WebappCaches caches) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> {
              assertThat(caches.peers("jasperserverCache", "aclCache")).isEqualTo(1);
              for (String manager : List.of("hibernate", "audit_hibernate")) {
                for (String cache : List.of(QUERIES, TIMESTAMPS, REPOSITORY)) {
                  assertThat(caches.peers(manager, cache)).isEqualTo(3);
                }
              }
            });
  }

  /** Each of the seven caches asks another for what it holds, in the background. */
  private static void awaitBootstraps(Node node) {
    awaitScrape(
        node, DEADLINE, scrape -> assertThat(scrape.sum("ehcache_bootstrap_total")).isEqualTo(7));
  }

  private static void awaitValue(
      WebappCaches caches, String manager, String cache, String key, @Nullable String value) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(caches.get(manager, cache, key)).isEqualTo(value));
  }
}
