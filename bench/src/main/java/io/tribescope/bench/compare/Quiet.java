package io.tribescope.bench.compare;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits until processes have no work left: what a saturated sender sends asynchronously can be far
 * behind its requests, and would be the cost of none of them, or of the wrong ones.
 */
final class Quiet {
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration LIMIT = Duration.ofMinutes(1);

  /** A Tomcat that has no work uses a fraction of this share of a core. */
  private static final double LITTLE = 0.1;

  private Quiet() {}

  /**
   * Returns when all of them together have used less than a tenth of a core for half a second.
   *
   * @throws IOException when they do not come to rest within a minute
   */
  static void await(long... processes) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    double before = cpuSeconds(processes);
    while (true) {
      long begin = System.nanoTime();
      LockSupport.parkNanos(LOOK.toNanos());
      double now = cpuSeconds(processes);
      double seconds = (System.nanoTime() - begin) / 1e9;
      if (now - before < LITTLE * seconds) {
        return;
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException("the Tomcats do not come to rest within a minute after the load");
      }
      before = now;
    }
  }

  private static double cpuSeconds(long... processes) {
    double seconds = 0;
    for (long process : processes) {
      seconds += ProcFiles.cpuSeconds(process);
    }
    return seconds;
  }
}
