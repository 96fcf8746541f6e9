package io.tribescope.system.caches;

import static io.tribescope.system.Scrapes.awaitScrape;
import static io.tribescope.system.caches.CacheScrapes.counts;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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
      // Fixed, as an operator would have them.
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
            .webappClass(SecondApplication.Reload.class)
            .each(node -> node.jvm("-Djava.rmi.server.hostname=" + node.address()))
            .create();
    for (Node node : List.of(cluster.node(1), cluster.node(2))) {
      SecondApplication.add(node, "");
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
        assertThat(node.call(SecondApplication.PATH, StartCaches.class)).isEqualTo("shop");
      }
      awaitScrape(
          one,
          DEADLINE,
          scrape ->
              assertThat(counts(scrape, "ehcache_replication_peers", "context", "manager", "cache"))
                  .isEqualTo(Map.of("localhost/app shop c", 1, "localhost/second shop c", 1)));

      one.call(PutThree.class);
      one.call(SecondApplication.PATH, PutThree.class);
      one.call(SecondApplication.PATH, PutThree.class);

      assertThat(two.call(Size.class)).isEqualTo("3");
      Scrape here = one.scrape();
      assertThat(sent(here, "ehcache_replication_sent_total"))
          .isEqualTo(Map.of("localhost/app put", 3, "localhost/second put", 6));
      assertThat(sent(two.scrape(), "ehcache_replication_received_total"))
          .isEqualTo(Map.of("localhost/app put", 3, "localhost/second put", 6));
      assertThat(counts(here, "tomcat_cluster_config_problem", "check")).isEmpty();

      // An application that comes again goes on counting.
      one.call(SecondApplication.PATH, StopCaches.class);
      assertThat(one.call(SecondApplication.Reload.class)).isEqualTo("STARTED");
      one.call(SecondApplication.PATH, StartCaches.class);
      awaitScrape(
          one,
          DEADLINE,
          scrape ->
              assertThat(counts(scrape, "ehcache_replication_peers", "context"))
                  .containsEntry("localhost/second", 1));
      one.call(SecondApplication.PATH, PutThree.class);
      assertThat(sent(one.scrape(), "ehcache_replication_sent_total"))
          .isEqualTo(Map.of("localhost/app put", 3, "localhost/second put", 9));
    }
  }

  private static Map<String, Integer> sent(Scrape scrape, String counter) {
    return counts(scrape, counter, "context", "operation");
  }
}
