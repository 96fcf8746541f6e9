package io.tribescope.system;

import static io.tribescope.system.CacheScrapes.counts;
import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.Cluster;
import io.tribescope.testbed.ClusterBuilder;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Caches within web applications, each with an Ehcache of its own, in Tomcats without a cluster.
 */
@Tag("real")
class CacheWebappIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String SECOND = "/second";

  /** Starts a replicated cache, in a multicast group of the application's own. */
  public static final class StartCaches implements Callable<String> {
    static @Nullable CacheManager manager;

    static CacheManager running() {
      return Objects.requireNonNull(manager);
    }

    @Override
    public String call() throws Exception {
      ClassLoader loader = getClass().getClassLoader();
      Object context = loader.getClass().getMethod("getContextName").invoke(loader);
      int port = context.equals("second") ? 4452 : 4451;
      // Fixed, as an operator would have them: RMI keeps a thread for each port it ever listened
      // at.
      String xml =
          "<ehcache name='shop'>"
              + "<cacheManagerPeerProviderFactory properties='peerDiscovery=automatic,"
              + " multicastGroupAddress=228.0.0.5, timeToLive=1, multicastGroupPort="
              + port
              + "' class='net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory'/>"
              + "<cacheManagerPeerListenerFactory properties='hostName="
              + System.getProperty("java.rmi.server.hostname")
              + ", port="
              + (port + 36_000)
              + ", remoteObjectPort="
              + (port + 36_010)
              + "' class='net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory'/>"
              + "<cache name='c' maxEntriesLocalHeap='100' eternal='true'>"
              + "<cacheEventListenerFactory properties='replicateAsynchronously=false'"
              + " class='net.sf.ehcache.distribution.RMICacheReplicatorFactory'/>"
              + "</cache></ehcache>";
      manager = new CacheManager(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
      return manager.getName();
    }
  }

  /** Puts three elements. */
  public static final class PutThree implements Callable<String> {
    @Override
    public String call() {
      for (int i = 0; i < 3; i++) {
        StartCaches.running().getCache("c").put(new Element("k" + i, "v"));
      }
      return "3";
    }
  }

  /** Ends the cache's manager. */
  public static final class StopCaches implements Callable<String> {
    @Override
    public String call() {
      StartCaches.running().shutdown();
      // A stub that stays reachable keeps a thread of RMI's, and that the application.
      StartCaches.manager = null;
      return "";
    }
  }

  /** How many elements the cache holds. */
  public static final class Size implements Callable<String> {
    @Override
    public String call() {
      return String.valueOf(StartCaches.running().getCache("c").getSize());
    }
  }

  /** Starts a replicated cache, uses it and ends it, as an application does that is well kept. */
  public static final class LiveAndDie implements Callable<String> {
    @Override
    public String call() throws Exception {
      new StartCaches().call();
      new PutThree().call();
      return new StopCaches().call();
    }
  }

  /** Reloads the second application. */
  public static final class Reload implements Callable<String> {
    @Override
    public String call() throws Exception {
      MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
      for (ObjectName name :
          mbeans.queryNames(
              new ObjectName("Catalina:j2eeType=WebModule,name=//localhost/second,*"), null)) {
        mbeans.invoke(name, "reload", null, null);
        return String.valueOf(mbeans.getAttribute(name, "stateName"));
      }
      return "no such application";
    }
  }

  /** How many class loaders of applications there are after a collection. */
  public static final class CountLoaders implements Callable<String> {
    @Override
    public String call() throws Exception {
      Object histogram =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {null},
                  new String[] {String[].class.getName()});
      for (String line : histogram.toString().split("\n", -1)) {
        if (line.contains(" org.apache.catalina.loader.ParallelWebappClassLoader")) {
          return line.trim().split("\\s+", -1)[1];
        }
      }
      return "0";
    }
  }

  /** Two Tomcats, each with the application twice. */
  private static Cluster start(ClusterBuilder builder) throws IOException {
    Cluster cluster =
        builder
            .withoutCluster()
            .webappLibrary(Product.library("ehcache/2.10.9.2/ehcache-2.10.9.2.jar"))
            .webappLibrary(Product.library("old-slf4j-api.jar"))
            .webappClass(StartCaches.class)
            .webappClass(PutThree.class)
            .webappClass(StopCaches.class)
            .webappClass(Size.class)
            .webappClass(LiveAndDie.class)
            .webappClass(Reload.class)
            .webappClass(CountLoaders.class)
            .each(
                node ->
                    node.jvm(
                        "-Djava.rmi.server.hostname=" + node.address(),
                        // RMI's idle threads hold on to what they served last, for a minute.
                        "-Dsun.rmi.transport.tcp.threadKeepAliveTime=1000",
                        "-Dsun.rmi.transport.connectionTimeout=1000"))
            .create();
    for (Node node : List.of(cluster.node(1), cluster.node(2))) {
      Path descriptors = node.base().resolve("conf/Catalina/localhost");
      Files.createDirectories(descriptors);
      Files.writeString(
          descriptors.resolve("second.xml"),
          "<Context docBase='%s'/>".formatted(node.base().resolveSibling("application")));
    }
    cluster.start();
    return cluster;
  }

  @Test
  void twoApplicationsWithManagersOfOneName() throws Exception {
    try (Bed bed = Bed.open("cache-webapps")) {
      Cluster cluster = start(bed.cluster().agent(Product.AGENT, "cluster=shop"));
      Node one = cluster.node(1);
      Node two = cluster.node(2);
      for (Node node : List.of(one, two)) {
        assertThat(node.call(StartCaches.class)).isEqualTo("shop");
        assertThat(node.call(SECOND, StartCaches.class)).isEqualTo("shop");
      }
      awaitScrape(
          one,
          DEADLINE,
          scrape ->
              assertThat(counts(scrape, "ehcache_replication_peers", "context", "manager", "cache"))
                  .isEqualTo(Map.of("localhost/app shop c", 1, "localhost/second shop c", 1)));

      one.call(PutThree.class);
      one.call(SECOND, PutThree.class);
      one.call(SECOND, PutThree.class);

      assertThat(two.call(Size.class)).isEqualTo("3");
      Scrape here = one.scrape();
      assertThat(sent(here, "ehcache_replication_sent_total"))
          .isEqualTo(Map.of("localhost/app put", 3, "localhost/second put", 6));
      assertThat(sent(two.scrape(), "ehcache_replication_received_total"))
          .isEqualTo(Map.of("localhost/app put", 3, "localhost/second put", 6));
      assertThat(counts(here, "tomcat_cluster_config_problem", "check")).isEmpty();

      // An application that comes again goes on counting.
      one.call(SECOND, StopCaches.class);
      assertThat(one.call(Reload.class)).isEqualTo("STARTED");
      one.call(SECOND, StartCaches.class);
      awaitScrape(
          one,
          DEADLINE,
          scrape ->
              assertThat(counts(scrape, "ehcache_replication_peers", "context"))
                  .containsEntry("localhost/second", 1));
      one.call(SECOND, PutThree.class);
      assertThat(sent(one.scrape(), "ehcache_replication_sent_total"))
          .isEqualTo(Map.of("localhost/app put", 3, "localhost/second put", 9));
    }
  }

  private static Map<String, Integer> sent(Scrape scrape, String counter) {
    return counts(scrape, counter, "context", "operation");
  }

  @Test
  void aRedeployedApplicationIsCollected() throws Exception {
    redeploy(20);
  }

  @Test
  @Tag("full")
  void anApplicationThatIsRedeployedFiftyTimesIsCollected() throws Exception {
    redeploy(50);
  }

  /** Beside a Tomcat without the agent, for Ehcache alone keeps its loader for a while. */
  private static void redeploy(int times) throws IOException {
    try (Bed bed = Bed.open("cache-redeploy")) {
      Cluster cluster =
          start(bed.cluster().node(1, node -> node.agent(Product.AGENT, "cluster=shop")));
      Node with = cluster.node(1);
      Node without = cluster.node(2);
      for (int i = 0; i < times; i++) {
        for (Node node : List.of(with, without)) {
          node.call(SECOND, LiveAndDie.class);
          if (node == with) {
            with.scrape();
          }
          assertThat(node.call(Reload.class)).isEqualTo("STARTED");
        }
      }
      with.call(SECOND, LiveAndDie.class);
      without.call(SECOND, LiveAndDie.class);
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(loaders(with)).isLessThanOrEqualTo(loaders(without)));
      // It was observed, every time.
      double lost =
          with.scrape()
              .value(
                  "ehcache_replication_events_total",
                  "context",
                  "localhost/second",
                  "origin",
                  "local",
                  "operation",
                  "put");
      assertThat(lost).isEqualTo(3.0 * (times + 1));
    }
  }

  private static int loaders(Node node) {
    return Integer.parseInt(String.valueOf(node.call(CountLoaders.class)));
  }
}
