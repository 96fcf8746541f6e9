package io.tribescope.agent.http;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for the JDK's HTTP server, bounded in number and in the time of each exchange. That
 * server waits for ever for a client that does not finish its request, and its own limit
 * (sun.net.httpserver.maxReqTime) would be the application's, too. Here an exchange that lasts too
 * long is interrupted, which closes its connection.
 */
final class ExchangeThreads extends ThreadPoolExecutor {
  private static final int THREADS = 3;
  private static final int WAITING = 16;

  private final long limitNanos;

  /** When each exchange under way began. Guarded by this object's lock. */
  private final Map<Thread, Long> begun = new HashMap<>();

  ExchangeThreads(long limitMillis) {
    super(THREADS, THREADS, 1, TimeUnit.MINUTES, new ArrayBlockingQueue<>(WAITING), named());
    limitNanos = TimeUnit.MILLISECONDS.toNanos(limitMillis);
    allowCoreThreadTimeOut(true);
    setRejectedExecutionHandler(
        (task, executor) -> {
          // The server would leave the connection of a rejected request open for ever. The thread
          // that accepts serves it, and accepts no other meanwhile.
          begin(Thread.currentThread());
          try {
            task.run();
          } finally {
            end();
          }
        });
    Thread watch = new Thread(this::watch, "tribescope-http-limit");
    watch.setDaemon(true);
    watch.start();
  }

  private static ThreadFactory named() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "tribescope-http-" + number.incrementAndGet());
      thread.setDaemon(true);
      thread.setContextClassLoader(ExchangeThreads.class.getClassLoader());
      return thread;
    };
  }

  @Override
  protected void beforeExecute(Thread thread, Runnable task) {
    begin(thread);
  }

  @Override
  protected void afterExecute(Runnable task, Throwable failure) {
    end();
  }

  private synchronized void begin(Thread thread) {
    begun.put(thread, System.nanoTime());
    notifyAll();
  }

  /** An interruption that came as late as this must not meet the next exchange. */
  @SuppressWarnings("ReturnValueIgnored") // it clears
  private synchronized void end() {
    begun.remove(Thread.currentThread());
    Thread.interrupted();
  }

  private synchronized void watch() {
    try {
      while (true) {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (Map.Entry<Thread, Long> exchange : begun.entrySet()) {
          long left = exchange.getValue() + limitNanos - now;
          if (left <= 0) {
            exchange.getKey().interrupt();
            exchange.setValue(now);
            left = limitNanos;
          }
          next = Math.min(next, left);
        }
        if (begun.isEmpty()) {
          wait();
        } else {
          TimeUnit.NANOSECONDS.timedWait(this, Math.max(next, 1_000_000L));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
