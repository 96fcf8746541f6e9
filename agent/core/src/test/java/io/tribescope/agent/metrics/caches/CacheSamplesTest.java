package io.tribescope.agent.metrics.caches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;
import static org.awaitility.Awaitility.await;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tribescope.agent.recording.cache.CacheCalls;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.metrics.Snapshots;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What real caches do too seldom to be waited for. The caches are fakes, with the methods that are
 * asked of Ehcache's.
 */
class CacheSamplesTest {
  private final CacheRecorder recorder = new CacheRecorder();
  private final CacheCalls calls = new CacheCalls(recorder);
  private final CacheSamples samples = new CacheSamples(recorder);
  private final MulticastFake provider = new MulticastFake();
  private final CountDownLatch unlocked = new CountDownLatch(1);
  private final List<Object> held = new ArrayList<>();
  private volatile String status = "STATUS_ALIVE";

  /** A cache manager. */
  public static final class Manager {
    private final Object peers;

    Manager(Object peers) {
      this.peers = peers;
    }

    public String getName() {
      return "m";
    }

    public Object getCacheManagerPeerProvider(String scheme) {
      return peers;
    }
  }

  /** A provider, by its name one of multicast. */
  public static final class MulticastFake {
    long staleMillis = 60_000;

    public long getTimeForClusterToForm() {
      return 1;
    }

    long getStaleTime() {
      return staleMillis;
    }
  }

  /** A cache with so many elements; with -1 somebody holds its lock. */
  public final class Cache {
    private final int size;
    Object peers = provider;

    Cache(int size) {
      this.size = size;
    }

    public Object getCacheManager() {
      return new Manager(peers);
    }

    public String getName() {
      return "c";
    }

    public String getStatus() {
      return status;
    }

    public int getSize() throws InterruptedException {
      if (size < 0) {
        unlocked.await();
      }
      return size;
    }
  }

  @AfterEach
  void unlock() {
    unlocked.countDown();
  }

  private Cache replicated(int size) {
    Cache cache = new Cache(size);
    held.add(cache);
    calls.cacheReplicated(cache, cache, cache, false);
    return cache;
  }

  /** A change of the cache finds so many peers. */
  private void lists(Cache cache, int peers) {
    calls.propagating(cache, 0);
    calls.peersListed(peers);
    calls.propagated(null);
  }

  private void hears(String url) {
    hears(provider, url);
  }

  private void hears(MulticastFake provider, String url) {
    Object stub = new Object();
    held.add(stub);
    calls.heartbeat(provider, url);
    calls.peerLookingUp(url);
    calls.peerLookedUp(stub, null);
    calls.heartbeatHandled();
  }

  /** The values of all series of that gauge. */
  private List<Double> gauge(String name) {
    Snapshots out = new Snapshots();
    samples.addTo(out, "shop", "");
    List<Double> values = new ArrayList<>();
    for (MetricSnapshot metric : out.build()) {
      if (metric.getMetadata().getName().equals(name)) {
        for (DataPointSnapshot point : metric.getDataPoints()) {
          values.add(((GaugeDataPointSnapshot) point).getValue());
        }
      }
    }
    return values;
  }

  @Test
  void elementsOfTwoCachesOfOneNameAreOneSum() {
    replicated(3);
    replicated(4);
    assertThat(gauge("ehcache_cache_elements")).containsExactly(7.0);
  }

  @Test
  void aCacheThatHasEndedHoldsNothingThatIsKnown() {
    replicated(3);
    assertThat(gauge("ehcache_cache_elements")).containsExactly(3.0);
    status = "STATUS_SHUTDOWN";
    assertThat(gauge("ehcache_cache_elements")).isEmpty();
    assertThat(gauge("ehcache_replication_peers")).isEmpty();
  }

  @Test
  void peersOfTwoCachesOfOneNameAreTheFewerOnceBothAreKnown() {
    Cache one = replicated(0);
    hears("//10.0.0.2:40001/c");
    Cache two = replicated(0);
    // A second manager, whose peers are configured: it has sent nothing yet.
    two.peers = new Object();
    assertThat(gauge("ehcache_replication_peers")).isEmpty();
    lists(two, 3);
    assertThat(gauge("ehcache_replication_peers")).containsExactly(1.0);
    lists(two, 0);
    assertThat(gauge("ehcache_replication_peers")).containsExactly(0.0);
    // Nor are there more of a name that one of them has none of, whatever the other has.
    one.peers = new Object();
    assertThat(gauge("ehcache_replication_peers")).containsExactly(0.0);
  }

  @Test
  void aHeartbeatOfTwoManagersOfOneNameIsTheOlder() {
    MulticastFake another = new MulticastFake();
    replicated(0);
    replicated(0).peers = another;
    hears(another, "//10.0.0.2:40001/c");
    String age = "ehcache_replication_peer_heartbeat_age_seconds";
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(gauge(age)).singleElement(DOUBLE).isGreaterThan(0.05));
    hears(provider, "//10.0.0.2:40001/c");
    assertThat(gauge(age)).singleElement(DOUBLE).isGreaterThan(0.05);
  }

  @Test
  @Timeout(30)
  void aCacheWhoseLockIsHeldHoldsUpNothingAndItsElementsAreUnknown() {
    replicated(3);
    replicated(-1);
    assertThat(gauge("ehcache_cache_elements")).isEmpty();
    assertThat(gauge("ehcache_replication_peers")).containsExactly(0.0);
  }

  @Test
  @Timeout(30)
  void aCacheThatIsToBeAskedWhenOthersHaveAnsweredIsNotKeptForThat() {
    for (int i = 0; i < 4; i++) {
      replicated(-1);
    }
    assertThat(gauge("ehcache_cache_elements")).isEmpty();
    // All threads wait for a lock now.
    WeakReference<Cache> last = new WeakReference<>(replicated(0));
    assertThat(gauge("ehcache_cache_elements")).isEmpty();
    held.remove(held.size() - 1);
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              System.gc();
              assertThat(last.get()).isNull();
            });
  }

  @Test
  void aPeerCountsUntilItsHeartbeatIsStale() {
    replicated(0);
    hears("//10.0.0.2:40001/c");
    hears("//10.0.0.3:40001/c");
    hears("//10.0.0.3:40001/another");
    assertThat(gauge("ehcache_replication_peers")).containsExactly(2.0);
    provider.staleMillis = 0;
    assertThat(gauge("ehcache_replication_peers")).containsExactly(0.0);
    // Not to be known.
    provider.staleMillis = -1;
    assertThat(gauge("ehcache_replication_peers")).isEmpty();
  }
}
