package io.tribescope.agent.metrics.caches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tribescope.agent.metrics.ConfigCheck;
import io.tribescope.agent.reads.HostAddresses;
import io.tribescope.agent.recording.cache.CacheCalls;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.metrics.Snapshots;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What real caches do too seldom to be waited for. Manager, cache and its peer are fakes, with the
 * methods that are asked of Ehcache's.
 */
class CacheProblemsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** A name server, by which {@code app_node_1} is this host. */
  private static InetAddress[] resolve(String host) throws UnknownHostException {
    boolean here = host.equals("localhost") || host.equals("app_node_1");
    return new InetAddress[] {InetAddress.getByName(here ? "127.0.0.1" : "203.0.113.2")};
  }

  /** A JVM with one cache, {@code m}'s {@code c}. */
  private static final class Node {
    final CacheRecorder recorder = new CacheRecorder();
    final CacheCalls calls = new CacheCalls(recorder);
    final CacheSamples samples =
        new CacheSamples(recorder, new HostAddresses(CacheProblemsTest::resolve, System::nanoTime));
    final Object stub = new Object();
    final Object peer;
    final Manager manager;
    final Cache cache;

    Node(String ownUrl, Object provider) {
      peer = new Peer(ownUrl);
      manager = new Manager(provider);
      cache = new Cache(manager);
      calls.cacheReplicated(cache, cache, cache, false);
      calls.peerBound(cache, cache, "c", "m", peer);
    }

    /** A heartbeat of, or the configuration with, a peer whose registry knows the cache or not. */
    void hears(String url, boolean found) {
      calls.heartbeat(manager.provider, url);
      calls.peerLookingUp(url);
      calls.peerLookedUp(found ? stub : null, found ? null : new IOException("refused"));
      calls.heartbeatHandled();
    }

    /** Something is sent, and so many peers are found for it. */
    void lists(int peers) {
      calls.propagating(cache, 0);
      calls.peersListed(peers);
      calls.propagated(null);
    }

    Set<String> problems() {
      Snapshots out = new Snapshots();
      samples.addTo(out, "shop", "");
      Set<String> checks = new TreeSet<>();
      for (MetricSnapshot metric : out.build()) {
        if (metric.getMetadata().getName().equals("tomcat_cluster_config_problem")) {
          for (DataPointSnapshot point : metric.getDataPoints()) {
            checks.add(point.getLabels().get("check"));
          }
        }
      }
      return checks;
    }
  }

  /** A cache manager. */
  public static final class Manager {
    final Object provider;

    Manager(Object provider) {
      this.provider = provider;
    }

    public String getName() {
      return "m";
    }

    public Object getCacheManagerPeerProvider(String scheme) {
      return provider;
    }
  }

  /** A replicated cache. */
  public static final class Cache {
    private final Manager manager;

    Cache(Manager manager) {
      this.manager = manager;
    }

    public Object getCacheManager() {
      return manager;
    }

    public String getName() {
      return "c";
    }

    public String getStatus() {
      return "STATUS_ALIVE";
    }
  }

  /** Through which others reach the cache. */
  public static final class Peer {
    private final String url;

    Peer(String url) {
      this.url = url;
    }

    public String getUrl() {
      return url;
    }
  }

  /** A provider, by its name one of multicast. */
  public static final class MulticastFake {
    volatile long formingMillis;
    volatile long staleMillis;

    MulticastFake(long formingMillis, long staleMillis) {
      this.formingMillis = formingMillis;
      this.staleMillis = staleMillis;
    }

    public long getTimeForClusterToForm() {
      return formingMillis;
    }

    long getStaleTime() {
      return staleMillis;
    }
  }

  /** A provider whose peers are configured, and which has no time to form. */
  public static final class ManualFake {
    public long getTimeForClusterToForm() {
      return 0;
    }
  }

  @Test
  void oneListingWithoutAPeerIsNoProof() {
    Node once = new Node("//203.0.113.1:40001/c", new ManualFake());
    Node often = new Node("//203.0.113.1:40001/c", new ManualFake());
    long begin = System.nanoTime();
    once.lists(0);
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () -> {
              often.lists(0);
              assertThat(often.problems()).containsExactly("ehcache-no-peers");
            });
    // A bootstrap waits for a second, which is over for both.
    assertThat(System.nanoTime() - begin).isGreaterThan(1_000_000_000);
    assertThat(once.problems()).isEmpty();
    often.lists(1);
    assertThat(often.problems()).isEmpty();
  }

  @Test
  void nobodyByMulticastForAsLongAsTheClusterTakesToForm() {
    MulticastFake provider = new MulticastFake(60_000, 60_000);
    Node node = new Node("//203.0.113.1:40001/c", provider);
    assertThat(node.problems()).isEmpty();
    provider.formingMillis = 100;
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(node.problems()).containsExactly("ehcache-no-peers"));
    // Another version of Ehcache might not tell.
    provider.formingMillis = -1;
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void aPeerWhoseRegistryDoesNotAnswerOnceIsNotGoneBeforeItIsStale() {
    MulticastFake provider = new MulticastFake(100, 60_000);
    Node node = new Node("//203.0.113.1:40001/c", provider);
    // The cluster has had its time.
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(node.problems()).containsExactly("ehcache-no-peers"));
    node.hears("//203.0.113.2:40001/c", false);
    assertThat(node.problems()).containsExactly("ehcache-no-peers");
    node.hears("//203.0.113.2:40001/c", true);
    assertThat(node.problems()).isEmpty();
    node.hears("//203.0.113.2:40001/c", false);
    assertThat(node.problems()).isEmpty();
    provider.staleMillis = Long.MAX_VALUE;
    assertThat(node.problems()).isEmpty();
    provider.staleMillis = 0;
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(node.problems()).containsExactly("ehcache-no-peers"));
    // Not to be known.
    provider.staleMillis = -1;
    assertThat(node.problems()).isEmpty();
  }

  @Test
  void aLoopbackHostIsRightAmongPeersOfThisHostOnly() {
    Node node = new Node("//127.0.0.1:40001/c", new ManualFake());
    // Nobody is known yet.
    assertThat(node.problems()).containsExactly("ehcache-loopback");
    node.hears("//localhost:40002/c", true);
    node.hears("//203.0.113.2:40001/another", true);
    assertThat(node.problems()).isEmpty();
    node.hears("//203.0.113.2:40001/c", true);
    assertThat(node.problems()).containsExactly("ehcache-loopback");
  }

  @Test
  void aLoopbackHostIsWrongWhereAnotherHostIsHeardThoughItsRegistryIsNot() {
    Node node = new Node("//127.0.0.1:40001/c", new MulticastFake(60_000, 60_000));
    // By its heartbeat of this host, but it is on another one: nobody answers here.
    node.hears("//127.0.0.1:40002/c", false);
    assertThat(node.problems()).containsExactly("ehcache-loopback");
    node.hears("//127.0.0.1:40002/c", true);
    assertThat(node.problems()).isEmpty();
    node.hears("//203.0.113.2:40001/c", false);
    assertThat(node.problems()).containsExactly("ehcache-loopback");
  }

  @Test
  void aConfiguredPeerIsReadWhoseHostHasAnUnderscore() {
    Node node = new Node("//203.0.113.1:40001/c", new ManualFake());
    node.hears("//app_node_2:40001/c", true);
    assertThat(node.problems()).isEmpty();
    node.hears("//app_node_1:40001/c", true);
    assertThat(node.problems()).containsExactly("ehcache-self-peer");
  }

  @Test
  void aGroupInWhichNobodyElseIsForLong() {
    Node node = new Node("//203.0.113.3:40001/c", new Object());
    long[] now = {0};
    CacheProblems problems =
        new CacheProblems(node.recorder.records(), new HostAddresses(), () -> now[0]);
    CacheReadings.Reading reading = new CacheReadings(node.recorder.records()).read().get(0);

    reading.groupMembers = 0;
    assertThat(problems.of(List.of(reading))).isEmpty();
    now[0] += CacheProblems.GROUP_WAIT_NANOS;
    assertThat(problems.of(List.of(reading))).isEmpty();
    now[0]++;
    assertThat(problems.of(List.of(reading))).containsExactly(ConfigCheck.EHCACHE_NO_PEERS);
    reading.groupMembers = null;
    assertThat(problems.of(List.of(reading))).isEmpty();
    reading.groupMembers = 0;
    assertThat(problems.of(List.of(reading))).containsExactly(ConfigCheck.EHCACHE_NO_PEERS);
    reading.groupMembers = 1;
    assertThat(problems.of(List.of(reading))).isEmpty();
    reading.groupMembers = 0;
    assertThat(problems.of(List.of(reading))).isEmpty();
  }
}
