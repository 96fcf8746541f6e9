package io.tribescope.testbed.machine;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for a condition, and says what was seen last when it does not come true in time. */
public final class Await {
  private static final Duration POLL = Duration.ofMillis(50);

  private Await() {}

  /** What is still missing, or null when nothing is. */
  public interface Missing {
    @Nullable String get() throws Exception;
  }

  /**
   * Returns when {@code missing} answers null; an exception from it counts as "still missing",
   * except a {@link TestBedException}, which ends the wait.
   */
  public static void until(String what, Duration deadline, Path logs, Missing missing) {
    long end = System.nanoTime() + deadline.toNanos();
    while (true) {
      String seen;
      try {
        seen = missing.get();
      } catch (TestBedException hopeless) {
        throw hopeless;
      } catch (Exception failure) {
        seen = failure.toString();
      }
      if (seen == null) {
        return;
      }
      if (Thread.interrupted()) {
        Thread.currentThread().interrupt();
        throw new TestBedException("interrupted while waiting for " + what);
      }
      if (System.nanoTime() - end > 0) {
        throw new TestBedException(
            "no %s within %s s; last seen: %s; logs: %s"
                .formatted(what, deadline.toMillis() / 1000.0, seen, logs));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
