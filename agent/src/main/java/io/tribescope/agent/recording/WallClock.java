package io.tribescope.agent.recording;

import java.time.Instant;

/**
 * The wall clock in nanoseconds since the epoch, read through the monotonic clock so that a step is
 * noticed instead of being mistaken for a delay. {@link #calibrate} is called by one thread, a few
 * times a second; reading is lock-free and allocates nothing.
 */
public final class WallClock {
  private static final long NANOS_PER_MILLI = 1_000_000L;
  private static final long STEP_NANOS = 2_000_000L;

  /** Between two calibrations the clock may be slewed (Linux: 500 ppm), never by this much. */
  private static final long TOLERANCE_MILLIS = 5;

  /** Java 8's Instant.now() has no finer clock. */
  private static final boolean MILLISECONDS_ONLY =
      System.getProperty("java.specification.version", "").startsWith("1.");

  private volatile long anchor;
  private volatile int steps;

  public WallClock() {
    anchor = measure();
  }

  public long nanos() {
    return System.nanoTime() + anchor;
  }

  long at(long nanoTime) {
    return nanoTime + anchor;
  }

  /**
   * Whether the wall clock has been set since the last calibration. A thread that was held up
   * between two readings is not taken for a step.
   */
  boolean stepped() {
    long before = nanos() / NANOS_PER_MILLI;
    long wall = System.currentTimeMillis();
    if (Math.abs(wall - before) <= TOLERANCE_MILLIS) {
      return false;
    }
    long after = nanos() / NANOS_PER_MILLI;
    return wall < before - TOLERANCE_MILLIS || wall > after + TOLERANCE_MILLIS;
  }

  /** How often the wall clock was seen to be set, until now. */
  public int steps() {
    return steps;
  }

  /** Follows the wall clock. Called by one thread only. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
  public void calibrate() {
    long now = measure();
    if (Math.abs(now - anchor) > STEP_NANOS) {
      steps++;
    }
    anchor = now;
  }

  /** Wall clock minus monotonic clock. */
  private static long measure() {
    return MILLISECONDS_ONLY ? measureAtTick() : measureTightest();
  }

  /** From the tightest of a few readings between two of the monotonic clock. */
  private static long measureTightest() {
    long tightest = Long.MAX_VALUE;
    long offset = 0;
    for (int i = 0; i < 5; i++) {
      long before = System.nanoTime();
      Instant wall = Instant.now();
      long width = System.nanoTime() - before;
      if (width < tightest) {
        tightest = width;
        offset = sinceEpoch(wall) - (before + width / 2);
      }
    }
    return offset;
  }

  /** At the instant at which the clock moves on, waited for over two milliseconds at most. */
  private static long measureAtTick() {
    Instant first = Instant.now();
    long deadline = System.nanoTime() + 2_000_000L;
    Instant wall = first;
    long read = System.nanoTime();
    while (wall.equals(first) && read - deadline < 0) {
      wall = Instant.now();
      read = System.nanoTime();
    }
    return sinceEpoch(wall) - read;
  }

  private static long sinceEpoch(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
