package io.tribescope.agent.recording.counters;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A long array whose memory is taken in blocks, each when something is first written there: most
 * nodes need a small part of the room that the busiest would. What was never written is 0.
 *
 * <p>Every operation is atomic by itself and lock-free. The write that is the first in its block
 * allocates it, at most once for each block; of two threads that do so at once one is in vain.
 */
public final class LongBlocks {
  private final AtomicReferenceArray<@Nullable AtomicLongArray> blocks;
  private final int shift;
  private final int mask;

  /**
   * @param size a multiple of {@code block}, or less than it
   * @param block a power of two
   */
  public LongBlocks(int size, int block) {
    int length = Math.min(size, block);
    shift = Integer.numberOfTrailingZeros(length);
    mask = length - 1;
    blocks = new AtomicReferenceArray<>(size >> shift);
  }

  /** The block of that element; null while it has none. */
  public @Nullable AtomicLongArray block(int index) {
    return blocks.get(index >>> shift);
  }

  /** Where that element is within its block. */
  public int within(int index) {
    return index & mask;
  }

  public long get(int index) {
    AtomicLongArray block = blocks.get(index >>> shift);
    return block == null ? 0 : block.get(index & mask);
  }

  public void set(int index, long value) {
    made(index).set(index & mask, value);
  }

  public void lazySet(int index, long value) {
    made(index).lazySet(index & mask, value);
  }

  public boolean compareAndSet(int index, long expected, long value) {
    return made(index).compareAndSet(index & mask, expected, value);
  }

  private AtomicLongArray made(int index) {
    int number = index >>> shift;
    while (true) {
      AtomicLongArray block = blocks.get(number);
      if (block != null) {
        return block;
      }
      blocks.compareAndSet(number, null, new AtomicLongArray(mask + 1));
    }
  }
}
