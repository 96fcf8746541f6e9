package io.tribescope.bench;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.recording.cache.CacheRecorder;
import java.lang.ref.SoftReference;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What the hooks in Ehcache cost the thread that they observe: every call that the advice makes for
 * one change, into a recorder as the agent has it, which knows two hundred caches. What a received
 * change costs is not here: RMI tells the caller's address on a thread of its own alone.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CacheBenchmark {
  private static final int CACHES = 200;
  private static final int PUT = CacheOperation.PUT;

  private final Cache[] caches = new Cache[CACHES];
  private final Object notReplicated = new Object();
  private final Object provider = new Object();
  private final AtomicInteger threads = new AtomicInteger();

  /** A cache with a replicator of each kind and one peer. */
  static final class Cache {
    final Object listeners = new Object();
    final Object cache = new Object();
    final Object replicator = new Object();
    final Object queueing = new Object();
    final Object overJms = new Object();
    final Object stub = new Object();
    final SoftReference<Object> waiting = new SoftReference<>(cache);
  }

  /** Each thread changes a cache of its own. */
  @State(Scope.Thread)
  public static class Own {
    @Nullable Cache chosen;

    @Setup
    public void choose(CacheBenchmark all) {
      chosen = all.caches[all.threads.getAndIncrement() % CACHES];
    }

    Cache cache() {
      return Objects.requireNonNull(chosen);
    }
  }

  public CacheBenchmark() {
    CacheRecorder recorder = new CacheRecorder();
    recorder.connect();
    for (int i = 0; i < CACHES; i++) {
      Cache cache = new Cache();
      caches[i] = cache;
      Bridge.caches().cacheReplicated(cache.listeners, cache.cache, cache.replicator, false);
      Bridge.caches().cacheReplicated(cache.listeners, cache.cache, cache.queueing, true);
      Bridge.transports()
          .replicating(
              TransportEvents.JMS,
              cache.listeners,
              cache.cache,
              "cache" + i,
              "manager",
              cache.overJms,
              false);
      String url = "//10.0.0.2:40001/cache" + i;
      Notes heartbeat = Bridge.cachePeers().heartbeat(provider, url);
      Notes lookUp = Bridge.cachePeers().peerLookingUp(url);
      Bridge.cachePeers().peerLookedUp(lookUp, cache.stub, null);
      Bridge.cachePeers().heartbeatHandled(heartbeat);
    }
  }

  @Benchmark
  public void baselineEmpty() {}

  @Benchmark
  public long baselineNanoTime() {
    return System.nanoTime();
  }

  /** What each put into a cache that is not replicated costs. */
  @Benchmark
  public void changeNotReplicated() {
    Bridge.caches().cacheChanged(notReplicated, PUT, false);
  }

  /** What is on the path of every change in a replicated cache, a peer's included. */
  @Benchmark
  public void changeCounted(Own own) {
    Bridge.caches().cacheChanged(own.cache().listeners, PUT, false);
  }

  /** All that a synchronous replicator's put to one peer costs. */
  @Benchmark
  public void putAndSendToOne(Own own) {
    Bridge.caches().cacheChanged(own.cache().listeners, PUT, false);
    Notes begun = Bridge.cacheSending().propagating(own.cache().listeners, PUT);
    send(own.cache(), "cache-send-put");
    Bridge.cacheSending().propagated(begun, null);
  }

  /** What an asynchronous replicator's put costs, with its share of a batch of one. */
  @Benchmark
  public void putQueueAndSendToOne(Own own) {
    Bridge.caches().cacheChanged(own.cache().listeners, PUT, false);
    Bridge.cacheSending().enqueueing(own.cache().queueing);
    Notes begun = Bridge.cacheSending().batchPropagating(own.cache().queueing);
    Guarded.polled(own.cache().waiting, "cache-batch");
    Guarded.batched(PUT);
    send(own.cache(), "cache-send-batch");
    Bridge.cacheSending().propagated(begun, null);
  }

  /** All that a synchronous replicator's put over JMS costs. */
  @Benchmark
  public void putAndSendOverJms(Own own) {
    Bridge.caches().cacheChanged(own.cache().listeners, PUT, false);
    Notes handover = Bridge.transports().handingOver(own.cache().overJms, 1);
    Guarded.handing(own.cache().stub, "c", PUT, false);
    Notes sending = Bridge.transports().sending(TransportEvents.JMS);
    Bridge.transports().sent(sending, null);
    Bridge.transports().handedOver(handover, null);
  }

  private static void send(Cache cache, String hook) {
    Bridge.cacheSending().peersListed(1);
    Guarded.peerCalling(cache.stub, hook);
    Guarded.peerCalled(hook);
  }
}
