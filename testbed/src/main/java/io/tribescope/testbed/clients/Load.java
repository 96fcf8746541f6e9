package io.tribescope.testbed.clients;

import io.tribescope.testbed.machine.TestBedException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/** Steady writes in the background, made by {@link Client#load}. */
public final class Load implements AutoCloseable {
  private static final int AT_ONCE = 8;
  private static final ThreadFactory DAEMONS =
      task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
      };

  private final List<Session> sessions;
  private final Set<Session> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, DAEMONS);
  private final ExecutorService requests = Executors.newFixedThreadPool(AT_ONCE, DAEMONS);
  private final long end;
  private int turn;

  Load(List<Session> sessions, int perSecond, Duration duration) {
    this.sessions = sessions;
    this.end = System.nanoTime() + duration.toNanos();
    long period = TimeUnit.SECONDS.toNanos(1) / perSecond;
    var unused = clock.scheduleAtFixedRate(this::tick, 0, period, TimeUnit.NANOSECONDS);
  }

  /** The sessions that it writes into. */
  public List<Session> sessions() {
    return List.copyOf(sessions);
  }

  private void tick() {
    if (System.nanoTime() - end > 0) {
      clock.shutdown();
      requests.shutdown();
      return;
    }
    Session session = sessions.get(turn % sessions.size());
    String value = Integer.toString(turn++);
    if (waiting.add(session)) {
      try {
        requests.execute(() -> write(session, value));
      } catch (RejectedExecutionException closed) {
        clock.shutdown();
      }
    }
  }

  private void write(Session session, String value) {
    try {
      session.write("load", value);
    } catch (UncheckedIOException counted) {
      // The client's totals tell; a user would go on, too.
    } finally {
      waiting.remove(session);
    }
  }

  /** Ends it, and waits for the requests under way. */
  @Override
  public void close() {
    clock.shutdownNow();
    requests.shutdown();
    try {
      if (!requests.awaitTermination(60, TimeUnit.SECONDS)) {
        throw new TestBedException("the load's last requests do not end");
      }
    } catch (InterruptedException e) {
      requests.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
