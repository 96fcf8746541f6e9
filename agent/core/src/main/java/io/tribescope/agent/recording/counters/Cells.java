package io.tribescope.agent.recording.counters;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A block of counters in a few stripes, so that threads seldom share a cache line. All memory is
 * taken at once: unlike LongAdder, which grows under contention, adding never allocates. Adding is
 * lock-free; a sum is exact once the adders rest.
 */
public final class Cells {
  private static final int LINE = 8;

  /** Off the line of the array's length, which every access reads (docs/decisions/0002). */
  private static final int FIRST = 2 * LINE;

  private final AtomicLongArray values;
  private final int stride;

  /**
   * @param layout complete
   */
  public Cells(Layout layout) {
    this(layout.size());
  }

  public Cells(int counters) {
    stride = (counters + LINE - 1) / LINE * LINE + LINE;
    values = new AtomicLongArray(FIRST + stride * Stripe.COUNT);
  }

  /**
   * @param stripe the calling thread's, {@link Stripe#current}
   */
  public void add(int stripe, int counter, long amount) {
    values.getAndAdd(FIRST + stripe * stride + counter, amount);
  }

  public void increment(int stripe, int counter) {
    values.getAndIncrement(FIRST + stripe * stride + counter);
  }

  /** Whether any counter of the block was ever added to; these only grow. */
  public boolean anyOf(Layout.Block<?> block) {
    for (int counter = block.first; counter < block.end; counter++) {
      if (sum(counter) > 0) {
        return true;
      }
    }
    return false;
  }

  public long sum(int counter) {
    long sum = 0;
    for (int stripe = 0; stripe < Stripe.COUNT; stripe++) {
      sum += values.get(FIRST + stripe * stride + counter);
    }
    return sum;
  }
}
