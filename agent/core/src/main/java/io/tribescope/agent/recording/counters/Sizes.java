package io.tribescope.agent.recording.counters;

/**
 * A histogram of bytes, 64 B to 16 MiB, and its layout within {@link Cells}: a count for each
 * bucket, then one beyond the last bound, then the sum.
 */
public final class Sizes implements Distribution {
  private static final int SMALLEST_SHIFT = 6;
  private static final int SHIFT = 2;
  private static final int BOUNDS = 10;

  /** Counters that one histogram takes. */
  public static final int CELLS = BOUNDS + 2;

  private final long[] counts;
  private final long sum;

  private Sizes(long[] counts, long sum) {
    this.counts = counts;
    this.sum = sum;
  }

  public static void record(Cells cells, int stripe, int first, int bytes) {
    cells.increment(stripe, first + bucket(bytes));
    cells.add(stripe, first + BOUNDS + 1, bytes);
  }

  /** Each bound is four times the one before. */
  static int bucket(int bytes) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(0, bytes - 1));
    int bucket = (Math.max(0, bits - SMALLEST_SHIFT) + SHIFT - 1) / SHIFT;
    return Math.min(bucket, BOUNDS);
  }

  public static Sizes read(Cells cells, int first) {
    long[] counts = new long[BOUNDS + 1];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = cells.sum(first + i);
    }
    return new Sizes(counts, cells.sum(first + BOUNDS + 1));
  }

  @Override
  public double[] bounds() {
    return boundsBytes();
  }

  /** Upper bounds in bytes, the last one infinite. */
  public static double[] boundsBytes() {
    double[] bounds = new double[BOUNDS + 1];
    for (int i = 0; i < BOUNDS; i++) {
      bounds[i] = 1L << (SMALLEST_SHIFT + SHIFT * i);
    }
    bounds[BOUNDS] = Double.POSITIVE_INFINITY;
    return bounds;
  }

  @Override
  public long[] counts() {
    return counts.clone();
  }

  @Override
  public double sum() {
    return sum;
  }
}
