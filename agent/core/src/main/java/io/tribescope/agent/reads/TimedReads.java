package io.tribescope.agent.reads;

import java.util.HashMap;
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
import org.jspecify.annotations.Nullable;

/**
 * Reads what may have to wait, for a lock of the application's or for a name server, on at most
 * four threads of its own: one that is never given back costs such a thread, and a scrape no more
 * than 200 ms. What is still being read is not asked again. Thread-safe.
 *
 * @param <K> by which reads are told apart; kept while one lasts
 */
public final class TimedReads<K> {
  private static final int THREADS = 4;
  private static final long LIMIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Set<K> running = ConcurrentHashMap.newKeySet();
  private final ThreadPoolExecutor threads;

  /**
   * @param name the threads'
   */
  public TimedReads(String name) {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> daemon(task, name));
    threads.allowCoreThreadTimeOut(true);
  }

  /** A scrape's thread makes it: nothing of an application's is handed down. */
  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** The results that came in time; what is null, too, is not among them. */
  public <V> Map<K, V> of(Map<K, ? extends Callable<? extends @Nullable V>> reads) {
    Map<K, Future<@Nullable V>> begun = new HashMap<>();
    reads.forEach(
        (key, read) -> {
          if (running.add(key)) {
            begun.put(key, threads.submit(() -> ending(key, read)));
          }
        });
    Map<K, V> results = new HashMap<>();
    long end = System.nanoTime() + LIMIT_NANOS;
    for (Map.Entry<K, Future<@Nullable V>> read : begun.entrySet()) {
      try {
        V result = read.getValue().get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        if (result != null) {
          results.put(read.getKey(), result);
        }
      } catch (ExecutionException | TimeoutException e) {
        // Unknown, this time.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return results;
      }
    }
    return results;
  }

  private <V> @Nullable V ending(K key, Callable<? extends @Nullable V> read) throws Exception {
    try {
      return read.call();
    } finally {
      running.remove(key);
    }
  }
}
