package io.tribescope.agent.recording.receipts;

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
  private static final long TOLERANCE_NANOS = 5 * NANOS_PER_MILLI;

  /** Java 8's Instant.now() has no finer clock. */
  private static final boolean MILLISECONDS_ONLY =
      System.getProperty("java.specification.version", "").startsWith("1.");

  private final Source source;
  private volatile long anchor;
  private volatile int steps;

  /** What is read. Only a test has another. */
  public static class Source {
    long monotonicNanos() {
      return System.nanoTime();
    }

    /** As fine as it can be had. */
    Instant wall() {
      return Instant.now();
    }

    /** Without allocating. */
    long wallMillis() {
      return System.currentTimeMillis();
    }
  }

  /** The clock of this JVM. */
  public WallClock() {
    this(new Source());
  }

  WallClock(Source source) {
    this.source = source;
    anchor = measure();
  }

  /** The wall clock itself, in milliseconds since the epoch. */
  public long wallMillis() {
    return source.wallMillis();
  }

  /** Now, in nanoseconds since the epoch. */
  public long nanos() {
    return at(source.monotonicNanos());
  }

  public long at(long monotonicNanos) {
    return monotonicNanos + anchor;
  }

  /**
   * Whether the wall clock has been set since the last calibration.
   *
   * @param monotonicNanos read by this thread
   * @param wallMillis read after it: a thread that was held up in between is not taken for a step
   */
  public boolean stepped(long monotonicNanos, long wallMillis) {
    long wall = wallMillis * NANOS_PER_MILLI;
    long before = at(monotonicNanos);
    if (Math.abs(wall - before) <= TOLERANCE_NANOS) {
      return false;
    }
    return wall < before - TOLERANCE_NANOS || wall > nanos() + TOLERANCE_NANOS;
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
  private long measure() {
    return MILLISECONDS_ONLY ? measureAtTick() : measureTightest();
  }

  /** From the tightest of a few readings between two of the monotonic clock. */
  private long measureTightest() {
    long tightest = Long.MAX_VALUE;
    long offset = 0;
    for (int i = 0; i < 5; i++) {
      long before = source.monotonicNanos();
      Instant wall = source.wall();
      long width = source.monotonicNanos() - before;
      if (width < tightest) {
        tightest = width;
        offset = sinceEpoch(wall) - (before + width / 2);
      }
    }
    return offset;
  }

  /** At the instant at which the clock moves on, waited for over two milliseconds at most. */
  private long measureAtTick() {
    Instant first = source.wall();
    long deadline = source.monotonicNanos() + 2_000_000L;
    Instant wall = first;
    long read = source.monotonicNanos();
    while (wall.equals(first) && read - deadline < 0) {
      wall = source.wall();
      read = source.monotonicNanos();
    }
    return sinceEpoch(wall) - read;
  }

  private static long sinceEpoch(Instant instant) {
    return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
  }
}
