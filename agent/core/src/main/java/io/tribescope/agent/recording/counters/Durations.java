package io.tribescope.agent.recording.counters;

/**
 * The bounds of every duration's histogram, and its layout within {@link Cells}: a count for each
 * bucket, then one beyond the last bound, then the sum of nanoseconds. Counts are not cumulative.
 */
public final class Durations implements Distribution {
  private static final long[] BOUNDS_NANOS = {
    100_000L,
    250_000L,
    500_000L,
    1_000_000L,
    2_500_000L,
    5_000_000L,
    10_000_000L,
    25_000_000L,
    50_000_000L,
    100_000_000L,
    250_000_000L,
    500_000_000L,
    1_000_000_000L,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L,
    25_000_000_000L,
    60_000_000_000L
  };

  /** Counters that one histogram takes. */
  public static final int CELLS = BOUNDS_NANOS.length + 2;

  private static final int SUM = CELLS - 1;

  private final long[] counts;
  private final long sumNanos;

  private Durations(long[] counts, long sumNanos) {
    this.counts = counts;
    this.sumNanos = sumNanos;
  }

  /** Counts a duration in the histogram whose cells begin at {@code first}. */
  public static void record(Cells cells, int stripe, int first, long nanos) {
    cells.increment(stripe, first + bucket(nanos));
    cells.add(stripe, first + SUM, nanos);
  }

  /** Upper bounds are inclusive, as Prometheus reads them. */
  static int bucket(long nanos) {
    int low = 0;
    int high = BOUNDS_NANOS.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (nanos <= BOUNDS_NANOS[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The histogram whose cells begin at {@code first}. */
  public static Durations read(Cells cells, int first) {
    long[] counts = new long[CELLS - 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = cells.sum(first + i);
    }
    return new Durations(counts, cells.sum(first + SUM));
  }

  @Override
  public double[] bounds() {
    return boundsSeconds();
  }

  /** Upper bounds in seconds, the last one infinite. */
  public static double[] boundsSeconds() {
    double[] seconds = new double[BOUNDS_NANOS.length + 1];
    for (int i = 0; i < BOUNDS_NANOS.length; i++) {
      seconds[i] = BOUNDS_NANOS[i] / 1e9;
    }
    seconds[BOUNDS_NANOS.length] = Double.POSITIVE_INFINITY;
    return seconds;
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  /** Observations in all. */
  public long number() {
    long number = 0;
    for (long count : counts) {
      number += count;
    }
    return number;
  }

  @Override
  public double sum() {
    return sumNanos / 1e9;
  }
}
