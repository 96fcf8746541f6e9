package io.tribescope.testbed.caches;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.network.Host;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheConfigurationTest {
  private final List<CacheNodeSpec> all = new ArrayList<>();
  private final CacheConfiguration shop = CacheConfiguration.of("shop");

  @BeforeEach
  void describeThree() {
    for (int number = 1; number <= 3; number++) {
      new CacheNodeSpec(number, new Host("198.18.0.1" + number, "ts1-" + number), 4446, all);
    }
  }

  @Test
  void manualDiscoveryNamesEveryCacheOfAllOthers() {
    shop.cache(CacheSpec.named("a")).cache(CacheSpec.named("b").unreplicated());
    assertThat(shop.render(all.get(1)))
        .isEqualTo(
            """
            <ehcache name="shop">
              <cacheManagerPeerProviderFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory" properties="peerDiscovery=manual,rmiUrls=//198.18.0.11:40001/a|//198.18.0.11:40001/b|//198.18.0.13:40001/a|//198.18.0.13:40001/b"/>
              <cacheManagerPeerListenerFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory" properties="hostName=198.18.0.12,port=40001,remoteObjectPort=40002,socketTimeoutMillis=3000"/>
              <defaultCache maxElementsInMemory="10000" eternal="true" overflowToDisk="false"/>
              <cache name="a" maxElementsInMemory="10000" eternal="true" overflowToDisk="false">
                <cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory" properties="replicateAsynchronously=false"/>
              </cache>
              <cache name="b" maxElementsInMemory="10000" eternal="true" overflowToDisk="false">
              </cache>
            </ehcache>
            """);
  }

  @Test
  void everyChoiceIsWritten() {
    shop.multicast()
        .port(node -> 4000 + node.number())
        .withoutObjectPort()
        .withoutHostName()
        .socketTimeoutMillis(120_000)
        .xml("  <sizeOfPolicy maxDepth=\"1\"/>\n")
        .cache(
            CacheSpec.named("<a>")
                .attribute("eternal", "false")
                .asynchronous(500)
                .invalidating()
                .replication("replicateRemovals", "false")
                .bootstrap(true)
                .bootstrap("maximumChunkSizeBytes", "5000000")
                .xml("    <searchable/>\n"));
    assertThat(shop.render(all.get(0)))
        .isEqualTo(
            """
            <ehcache name="shop">
              <cacheManagerPeerProviderFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory" properties="hostName=198.18.0.11,multicastGroupAddress=228.0.0.1,multicastGroupPort=4446,peerDiscovery=automatic,timeToLive=1"/>
              <cacheManagerPeerListenerFactory class="net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory" properties="port=4001,socketTimeoutMillis=120000"/>
              <sizeOfPolicy maxDepth="1"/>
              <defaultCache maxElementsInMemory="10000" eternal="true" overflowToDisk="false"/>
              <cache name="&lt;a>" maxElementsInMemory="10000" eternal="false" overflowToDisk="false">
                <cacheEventListenerFactory class="net.sf.ehcache.distribution.RMICacheReplicatorFactory" properties="asynchronousReplicationIntervalMillis=500,replicateAsynchronously=true,replicatePutsViaCopy=false,replicateRemovals=false,replicateUpdatesViaCopy=false"/>
                <bootstrapCacheLoaderFactory class="net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory" properties="bootstrapAsynchronously=true,maximumChunkSizeBytes=5000000"/>
                <searchable/>
              </cache>
            </ehcache>
            """);
  }

  @Test
  void urlsOfTheTestsOwnAndNoneAtAll() {
    shop.manual(node -> List.of("//a:1/x", "//b:2/x")).objectPort(node -> 0);
    assertThat(shop.hostName(node -> "outer").render(all.get(0)))
        .contains("rmiUrls=//a:1/x|//b:2/x\"")
        .contains("\"hostName=outer,port=40001,remoteObjectPort=0,socketTimeoutMillis=3000\"");
    assertThat(shop.undistributed().withoutName().render(all.get(0)))
        .isEqualTo(
            """
            <ehcache>
              <defaultCache maxElementsInMemory="10000" eternal="true" overflowToDisk="false"/>
            </ehcache>
            """);
  }
}
