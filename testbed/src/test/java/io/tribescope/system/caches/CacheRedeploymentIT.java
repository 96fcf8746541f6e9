package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import net.sf.ehcache.distribution.ConfigurableRMIClientSocketFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * That the agent keeps nothing of an application that has gone, whatever of its caches it observed:
 * as many class loaders remain as there are applications, with the agent and without.
 */
@Tag("real")
class CacheRedeploymentIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  /** The application at its two paths. */
  private static final int LIVE = 2;

  @Test
  void aRedeployedApplicationIsCollected() throws Exception {
    redeploy(20);
  }

  @Test
  @Tag("full")
  void anApplicationThatIsRedeployedFiftyTimesIsCollected() throws Exception {
    redeploy(50);
  }

  @Test
  @Tag("full")
  void aRedeployedApplicationInAGroupIsCollected() throws Exception {
    int times = 20;
    try (Bed bed = Bed.open("cache-redeploy-group")) {
      Cluster cluster = startInGroups(bed);
      Node with = cluster.node(1);
      Node without = cluster.node(2);
      for (int i = 0; i < times; i++) {
        liveInGroup(without);
        dieInGroup(without);
        liveInGroup(with);
        int lives = i + 1;
        awaitScrape(with, DEADLINE, scrape -> assertObservedGroup(scrape, lives));
        dieInGroup(with);
      }

      await().atMost(DEADLINE).untilAsserted(() -> assertThat(loaders(without)).isEqualTo(LIVE));
      await().atMost(DEADLINE).untilAsserted(() -> assertThat(loaders(with)).isEqualTo(LIVE));
      assertObservedGroup(with.scrape(), times);
    }
  }

  private static void redeploy(int times) throws IOException {
    try (Bed bed = Bed.open("cache-redeploy")) {
      Cluster cluster = start(bed);
      Node with = cluster.node(1);
      Node without = cluster.node(2);
      for (int i = 0; i < times; i++) {
        live(without);
        die(without);
        live(with);
        assertThat(counts(with.scrape(), "ehcache_replication_peers", "manager"))
            .containsEntry("shop", 1)
            .containsEntry("desk", 1);
        die(with);
      }

      // Without it first: had a collection not done there what it should, nothing would be proved.
      await().atMost(DEADLINE).untilAsserted(() -> assertThat(loaders(without)).isEqualTo(LIVE));
      await().atMost(DEADLINE).untilAsserted(() -> assertThat(loaders(with)).isEqualTo(LIVE));
      assertObserved(with.scrape(), times);
    }
  }

  private static Cluster start(Bed bed) throws IOException {
    Cluster cluster =
        tomcats(bed)
            .webappClass(RedeployedApplication.class)
            .webappClass(RedeployedApplication.Start.class)
            .webappClass(RedeployedApplication.Peers.class)
            .webappClass(RedeployedApplication.Change.class)
            .webappClass(RedeployedApplication.Size.class)
            .webappClass(RedeployedApplication.Stop.class)
            .create();
    for (Node node : List.of(cluster.node(1), cluster.node(2))) {
      SecondApplication.add(node, "<Loader delegate='true'/>");
      share(ConfigurableRMIClientSocketFactory.class, node);
    }
    cluster.start();
    return cluster;
  }

  private static Cluster startInGroups(Bed bed) throws IOException {
    ClusterBuilder builder = ConfiguredCaches.in(tomcats(bed));
    Product.libraries("ehcache/jgroups").forEach(builder::webappLibrary);
    Cluster cluster = builder.create();
    for (int number = 1; number <= 2; number++) {
      Node node = cluster.node(number);
      SecondApplication.add(node, "");
      // A group of the application's own two managers; the second one joins the first one's.
      String desk = "%s[%d]".formatted(node.address(), 7800 + number);
      String till = "%s[%d]".formatted(node.address(), 7810 + number);
      addToGroup(node, "desk", ConfiguredCaches.group(desk, null));
      addToGroup(node, "till", ConfiguredCaches.group(till, desk));
    }
    cluster.start();
    return cluster;
  }

  private static void addToGroup(Node node, String manager, String provider) throws IOException {
    ConfiguredCaches.add(
        node,
        manager,
        provider,
        ConfiguredCaches.cache("c", "jgroups.JGroupsCacheReplicatorFactory", 0),
        ConfiguredCaches.cache("q", "jgroups.JGroupsCacheReplicatorFactory", 10));
  }

  /** Two, with an agent in the first one, and without what both applications differ in. */
  private static ClusterBuilder tomcats(Bed bed) {
    return bed.cluster()
        .node(1, node -> node.agent(Product.AGENT, "cluster=shop"))
        .withoutCluster()
        // It would replace the threads that keep something.
        .without("ThreadLocalLeakPreventionListener")
        .webappLibrary(Product.library("ehcache/2.10.9.2/ehcache-2.10.9.2.jar"))
        .webappLibrary(Product.library("old-slf4j-api.jar"))
        .webappClass(SecondApplication.Reload.class)
        .webappClass(CountLoaders.class)
        .each(
            node ->
                node.jvm(
                    "-Djava.rmi.server.hostname=" + node.address(),
                    // RMI's and reflection's caches are soft: let go of them at a collection.
                    "-XX:SoftRefLRUPolicyMSPerMB=0"));
  }

  /**
   * Has Tomcat load a class for all applications. The JDK keeps the socket factory of everything
   * that was ever reachable over RMI in a table that it never clears
   * (sun.rmi.transport.tcp.TCPEndpoint.localEndpoints): with a class of the application's own that
   * alone would keep each of its loaders.
   */
  private static void share(Class<?> type, Node node) throws IOException {
    String file = type.getName().replace('.', '/') + ".class";
    Path shared = node.base().resolve("lib").resolve(file);
    Files.createDirectories(shared.getParent());
    try (InputStream code = type.getClassLoader().getResourceAsStream(file)) {
      Files.copy(Objects.requireNonNull(code), shared);
    }
  }

  private static void live(Node node) {
    call(node, RedeployedApplication.Start.class);
    awaitResult(node, RedeployedApplication.Peers.class, "1");
    assertThat(call(node, RedeployedApplication.Change.class)).isEqualTo("3");
    awaitResult(node, RedeployedApplication.Size.class, "3");
  }

  private static void liveInGroup(Node node) {
    assertThat(call(node, ConfiguredCaches.Start.class)).isEqualTo("desk till");
    call(node, ConfiguredCaches.Put.class);
    awaitAtDesk(node, "[k0, k1, k2]");
    call(node, ConfiguredCaches.Change.class);
    awaitAtDesk(node, "[k0, k1]");
    call(node, ConfiguredCaches.Clear.class);
    awaitAtDesk(node, "[last]");
  }

  private static void dieInGroup(Node node) {
    call(node, ConfiguredCaches.Stop.class);
    assertThat(node.call(SecondApplication.Reload.class)).isEqualTo("STARTED");
  }

  private static void awaitAtDesk(Node node, String keys) {
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () ->
                assertThat(call(node, ConfiguredCaches.Keys.class))
                    .startsWith("desk c %s, desk q %s, ".formatted(keys, keys)));
  }

  private static void die(Node node) {
    call(node, RedeployedApplication.Stop.class);
    assertThat(node.call(SecondApplication.Reload.class)).isEqualTo("STARTED");
  }

  private static String call(Node node, Class<?> callable) {
    return String.valueOf(node.call(SecondApplication.PATH, callable));
  }

  private static void awaitResult(Node node, Class<?> callable, String result) {
    await()
        .atMost(DEADLINE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(call(node, callable)).isEqualTo(result));
  }

  /** All that each life did, and so every way on which the agent met something of its. */
  private static void assertObserved(Scrape scrape, int lives) {
    assertThat(counts(scrape, "ehcache_replication_events_total", "manager", "origin", "operation"))
        .isEqualTo(
            times(
                lives,
                Map.ofEntries(
                    Map.entry("shop local put", 4),
                    Map.entry("shop local update", 1),
                    Map.entry("shop local remove", 1),
                    Map.entry("shop local remove_all", 1),
                    Map.entry("shop remote put", 1),
                    Map.entry("till remote put", 3),
                    Map.entry("till remote update", 1),
                    Map.entry("till remote remove", 1),
                    Map.entry("till remote remove_all", 1),
                    Map.entry("desk local put", 1),
                    Map.entry("desk remote put", 2))));
    assertThat(counts(scrape, "ehcache_replication_sent_total", "manager", "operation"))
        .isEqualTo(
            times(
                lives,
                Map.of("shop put", 4, "shop remove", 1, "shop remove_all", 1, "desk put", 1)));
    assertThat(counts(scrape, "ehcache_replication_received_total", "manager", "operation"))
        .isEqualTo(
            times(
                lives,
                Map.of("till put", 4, "till remove", 1, "till remove_all", 1, "shop put", 1)));
    assertThat(counts(scrape, "ehcache_replication_dropped_total", "manager", "reason"))
        .isEqualTo(times(lives, Map.of("shop not_serializable", 1)));
    assertThat(counts(scrape, "ehcache_bootstrap_total", "manager", "outcome"))
        .isEqualTo(times(lives, Map.of("desk complete", 1)));
    assertThat(counts(scrape, "ehcache_replication_failures_total", "manager", "reason")).isEmpty();
  }

  private static void assertObservedGroup(Scrape scrape, int lives) {
    Map<String, Integer> changes = Map.of("put", 5, "remove", 1, "remove_all", 1);
    assertThat(group(scrape, "sent", "operation")).isEqualTo(ofBoth("till", changes, lives));
    assertThat(group(scrape, "received", "operation")).isEqualTo(ofBoth("desk", changes, lives));
    Map<String, Integer> events =
        ofBoth(
            "till",
            Map.of("local put", 5, "local update", 1, "local remove", 1, "local remove_all", 1),
            lives);
    events.putAll(
        ofBoth(
            "desk",
            Map.of("remote put", 4, "remote update", 1, "remote remove", 1, "remote remove_all", 1),
            lives));
    assertThat(group(scrape, "events", "origin", "operation")).isEqualTo(events);
    assertThat(group(scrape, "dropped", "reason"))
        .isEqualTo(ofBoth("till", Map.of("not_serializable", 1), lives));
    assertThat(group(scrape, "failures", "reason")).isEmpty();
  }

  private static Map<String, Integer> group(Scrape scrape, String what, String... by) {
    List<String> labels = new ArrayList<>(List.of("manager", "cache"));
    labels.addAll(List.of(by));
    return counts(scrape, "ehcache_replication_" + what + "_total", labels.toArray(String[]::new));
  }

  private static Map<String, Integer> ofBoth(String manager, Map<String, Integer> each, int lives) {
    Map<String, Integer> all = new TreeMap<>();
    for (String cache : List.of("c", "q")) {
      each.forEach((what, number) -> all.put(manager + " " + cache + " " + what, number * lives));
    }
    return all;
  }

  private static Map<String, Integer> times(int lives, Map<String, Integer> each) {
    Map<String, Integer> all = new TreeMap<>();
    each.forEach((what, number) -> all.put(what, number * lives));
    return all;
  }

  private static int loaders(Node node) {
    return Integer.parseInt(String.valueOf(node.call(CountLoaders.class)));
  }
}
