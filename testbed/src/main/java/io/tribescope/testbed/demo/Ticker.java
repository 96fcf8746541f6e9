package io.tribescope.testbed.demo;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;

/** Comes round once a second, without drifting; seconds that were missed are left out. */
final class Ticker {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long start = System.nanoTime();

  /**
   * Returns at the next whole second.
   *
   * @throws CancellationException when the thread is interrupted
   */
  void next() {
    try {
      TimeUnit.NANOSECONDS.sleep(SECOND - (System.nanoTime() - start) % SECOND);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
