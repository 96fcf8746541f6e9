package io.tribescope.agent.tomcat;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks what may not answer for long, because it waits for a monitor that no interruption ends. Each
 * question has a thread of its own; whoever has not answered the last one is asked nothing more, so
 * that no more threads stand than {@value #MOST}. Not thread-safe.
 */
final class BoundedQuestions {
  private static final int MOST = 4;

  /** A getter takes microseconds. */
  private final long limitMillis;

  private final Map<String, FutureTask<?>> unanswered = new HashMap<>();

  BoundedQuestions(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  /**
   * The answer.
   *
   * @return null when there is none, or none in time
   */
  <T> @Nullable T ask(String whom, Callable<T> question) {
    unanswered.values().removeIf(FutureTask::isDone);
    if (unanswered.containsKey(whom) || unanswered.size() == MOST) {
      return null;
    }
    FutureTask<T> task = new FutureTask<>(question);
    Thread thread = new Thread(task, "tribescope-pools");
    thread.setDaemon(true);
    thread.setContextClassLoader(BoundedQuestions.class.getClassLoader());
    thread.start();
    try {
      return task.get(limitMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      unanswered.put(whom, task);
      return null;
    } catch (ExecutionException e) {
      return null;
    } catch (InterruptedException e) {
      unanswered.put(whom, task);
      Thread.currentThread().interrupt();
      return null;
    }
  }
}
