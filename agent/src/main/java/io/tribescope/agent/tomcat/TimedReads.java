package io.tribescope.agent.tomcat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reads what may have to wait for a lock of the application's, on at most four threads of its own:
 * one that is never given back costs such a thread, and a scrape no more than 200 ms. What is still
 * being read is not asked again. Thread-safe.
 *
 * @param <K> by which reads are told apart; kept while one lasts
 */
final class TimedReads<K> {
  private static final int THREADS = 4;
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Set<K> running = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), TimedReads::daemon);

  TimedReads() {
    threads.allowCoreThreadTimeOut(true);
  }

  /** A scrape's thread makes it: nothing of an application's is handed down. */
  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "tribescope-pools");
    thread.setDaemon(true);
    return thread;
  }

  /** The results that came in time. */
  <V> List<V> of(Map<K, Callable<V>> reads) {
    Map<K, Future<V>> begun = new HashMap<>();
    reads.forEach(
        (key, read) -> {
          if (running.add(key)) {
            begun.put(key, threads.submit(() -> ending(key, read)));
          }
        });
    List<V> results = new ArrayList<>();
    long end = System.nanoTime() + LIMIT_NANOS;
    for (Future<V> read : begun.values()) {
      try {
        results.add(read.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
      } catch (ExecutionException | TimeoutException e) {
        // Unknown, this time.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return results;
      }
    }
    return results;
  }

  private <V> V ending(K key, Callable<V> read) throws Exception {
    try {
      return read.call();
    } finally {
      running.remove(key);
    }
  }
}
