package io.tribescope.agent.exposition;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.tribescope.agent.hooks.HookStatus;
import io.tribescope.agent.recording.cache.CacheRecorder;
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
  private final CacheSamples samples = new CacheSamples(recorder);
  private final MulticastFake provider = new MulticastFake();
  private final CountDownLatch unlocked = new CountDownLatch(1);
  private final List<Object> held = new ArrayList<>();

  /** A cache manager. */
  public final class Manager {
    public String getName() {
      return "m";
    }

    public Object getCacheManagerPeerProvider(String scheme) {
      return provider;
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

    Cache(int size) {
      this.size = size;
    }

    public Object getCacheManager() {
      return new Manager();
    }

    public String getName() {
      return "c";
    }

    public String getStatus() {
      return "STATUS_ALIVE";
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

  private void replicated(int size) {
    Cache cache = new Cache(size);
    held.add(cache);
    recorder.cacheReplicated(cache, cache, cache, false);
  }

  private void hears(String url) {
    Object stub = new Object();
    held.add(stub);
    recorder.heartbeat(provider, url);
    recorder.peerLookingUp(url);
    recorder.peerLookedUp(stub, null);
    recorder.heartbeatHandled(provider, url);
  }

  /** The values of all series of that gauge. */
  private List<Double> gauge(String name) {
    Snapshots out = new Snapshots(new HookStatus());
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
  @Timeout(30)
  void aCacheWhoseLockIsHeldHoldsUpNothingAndItsElementsAreUnknown() {
    replicated(3);
    replicated(-1);
    assertThat(gauge("ehcache_cache_elements")).isEmpty();
    assertThat(gauge("ehcache_replication_peers")).containsExactly(0.0);
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
