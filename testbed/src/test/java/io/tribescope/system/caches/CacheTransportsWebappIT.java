package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.Scrapes.count;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.caches.Broker;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Caches over JMS and JGroups within a web application, whose own loader has Ehcache and all that
 * it replicates with.
 */
@Tag("real")
class CacheTransportsWebappIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final List<String> CACHES = List.of("group c", "group q", "topic c");

  @Test
  void bothInOneApplication() throws Exception {
    try (Bed bed = Bed.open("cache-transports-webapp")) {
      Cluster cluster = start(bed);
      Node one = cluster.node(1);
      Node two = cluster.node(2);
      // The second one joins the first one's group.
      assertThat(one.call(ConfiguredCaches.Start.class)).isEqualTo("group topic");
      assertThat(two.call(ConfiguredCaches.Start.class)).isEqualTo("group topic");
      change(two, ConfiguredCaches.Put.class, one, "[k0, k1, k2]");
      change(two, ConfiguredCaches.Change.class, one, "[k0, k1]");
      change(two, ConfiguredCaches.Clear.class, one, "[last]");

      // What has been applied is counted a moment later.
      Scrape there =
          awaitScrape(
              one,
              DEADLINE,
              scrape ->
                  assertThat(of(scrape, "received", "operation"))
                      .isEqualTo(each(Map.of("put", 5, "remove", 1, "remove_all", 1))));
      assertThat(of(there, "events", "origin", "operation"))
          .isEqualTo(
              each(
                  Map.of(
                      "remote put", 4,
                      "remote update", 1,
                      "remote remove", 1,
                      "remote remove_all", 1)));
      assertThat(of(there, "sent", "operation")).isEmpty();

      Scrape here = two.scrape();
      assertThat(of(here, "events", "origin", "operation"))
          .isEqualTo(
              each(
                  Map.of(
                      "local put", 5,
                      "local update", 1,
                      "local remove", 1,
                      "local remove_all", 1)));
      assertThat(of(here, "sent", "operation"))
          .isEqualTo(each(Map.of("put", 5, "remove", 1, "remove_all", 1)));
      assertThat(of(here, "dropped", "reason")).isEqualTo(each(Map.of("not_serializable", 1)));
      assertThat(of(here, "failures", "reason")).isEmpty();
      assertThat(of(here, "received", "operation")).isEmpty();
      for (Scrape scrape : List.of(here, there)) {
        assertThat(counts(scrape, "ehcache_replication_peers", "context", "manager", "cache"))
            .isEqualTo(Map.of("localhost/app group c", 1, "localhost/app group q", 1));
        assertThat(counts(scrape, "tribescope_agent_hook_status", "hook", "status"))
            .containsKeys("cache-jms-send applied", "cache-jms-receive-put applied")
            .containsKeys("cache-jgroups-send applied", "cache-jgroups-receive applied")
            .allSatisfy((hook, yes) -> assertThat(hook).endsWith(" applied"));
        assertThat(count(scrape, "tribescope_agent_advice_errors_total")).isZero();
      }
    }
  }

  private static Cluster start(Bed bed) throws IOException {
    ClusterBuilder builder =
        bed.cluster()
            .agent(Product.AGENT, "cluster=shop")
            .withoutCluster()
            .webappLibrary(Product.library("ehcache/2.10.9.2/ehcache-2.10.9.2.jar"))
            .webappLibrary(Product.library("old-slf4j-api.jar"))
            // The client reads no object's class but those that it was told to trust.
            .each(node -> node.jvm("-Dorg.apache.activemq.SERIALIZABLE_PACKAGES=*"));
    ConfiguredCaches.in(builder);
    Product.libraries("ehcache/jms").forEach(builder::webappLibrary);
    Product.libraries("ehcache/jgroups").forEach(builder::webappLibrary);
    Broker broker = bed.broker();
    Cluster cluster = builder.create();
    String one = cluster.node(1).address() + "[7801]";
    String two = cluster.node(2).address() + "[7802]";
    for (int number = 1; number <= 2; number++) {
      Node node = cluster.node(number);
      ConfiguredCaches.add(
          node,
          "group",
          number == 1 ? ConfiguredCaches.group(one, null) : ConfiguredCaches.group(two, one),
          ConfiguredCaches.cache("c", "jgroups.JGroupsCacheReplicatorFactory", 0),
          ConfiguredCaches.cache("q", "jgroups.JGroupsCacheReplicatorFactory", 100));
      ConfiguredCaches.add(
          node,
          "topic",
          ConfiguredCaches.topic(broker.url()),
          ConfiguredCaches.cache("c", "jms.JMSCacheReplicatorFactory", 0));
    }
    cluster.start();
    return cluster;
  }

  /** Until each cache of the other node has nothing but these. */
  private static void change(Node changed, Class<?> change, Node other, String keys) {
    changed.call(change);
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(other.call(ConfiguredCaches.Keys.class))
                    .isEqualTo("group c %s, group q %s, topic c %s".formatted(keys, keys, keys)));
  }

  private static Map<String, Integer> of(Scrape scrape, String what, String... by) {
    String[] labels = new String[by.length + 3];
    labels[0] = "context";
    labels[1] = "manager";
    labels[2] = "cache";
    System.arraycopy(by, 0, labels, 3, by.length);
    return counts(scrape, "ehcache_replication_" + what + "_total", labels);
  }

  /** The same of each cache. */
  private static Map<String, Integer> each(Map<String, Integer> expected) {
    Map<String, Integer> all = new TreeMap<>();
    for (String cache : CACHES) {
      expected.forEach((what, number) -> all.put("localhost/app " + cache + " " + what, number));
    }
    return all;
  }
}
