package io.tribescope.agent.recording.receipts;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How many messages there were in each of the last 256 seconds, and the sum of their ids' hashes.
 *
 * <h2>The idea</h2>
 *
 * <p>A sender wants to know which of its messages arrived, and most send options do not tell. Both
 * ends therefore keep such a ring, by the second of the <em>sender's</em> timestamps, which travel
 * with the messages. When two rings have the same number and the same sum for a second, all of it
 * arrived. When one message is missing, the difference of the sums is the hash of its id.
 *
 * <h2>A slot</h2>
 *
 * <p>A second has the slot of its last eight bits, until a later second takes it. The slot's state
 * is one word, so that a compare-and-set decides everything; the sum stands beside it.
 *
 * <pre>
 * 32 bits  the second
 *  1 bit   dirty: the sum of this second cannot be told
 * 19 bits  messages
 * 12 bits  threads that are adding to the sum now
 * </pre>
 *
 * <p>Adding takes two steps: the word counts the message and the adding thread, then the sum grows
 * and the word counts the thread out. A reader takes a sum only while nobody adds and the word
 * stays the same. The sum is never cleared: the thread that brings the slot to its next second adds
 * what takes the old sum away together with its own. That is exact unless somebody was still adding
 * for the old second; then the new one is dirty. A message that is older than its slot's second is
 * left out: its second can no longer be read either.
 *
 * <p>Adding is lock-free and allocates nothing, by any number of threads. Two different sets of
 * messages with one number and one sum would be taken for the same: of 64-bit hashes, by a chance
 * of one in 2^64.
 */
public final class SecondRing {
  static final int SECONDS = 256;

  private static final int SECOND_SHIFT = 32;
  private static final long DIRTY = 1L << 31;
  private static final long ONE = 1L << 12;
  private static final long COUNT = DIRTY - ONE;
  private static final long ADDING = ONE - 1;
  private static final int ATTEMPTS = 1000;

  private final AtomicLongArray words = new AtomicLongArray(SECONDS);
  private final AtomicLongArray sums = new AtomicLongArray(SECONDS);

  /** What a slot holds for one second. Immutable. */
  public static final class Reading {
    /** The slot as it stands: equal again later when nothing was added in between. */
    final long word;

    /** Messages of the second; -1 when it cannot be told. */
    public final int count;

    public final long sum;

    private Reading(long word, int count, long sum) {
      this.word = word;
      this.count = count;
      this.sum = sum;
    }
  }

  static int slot(long second) {
    return (int) second & (SECONDS - 1);
  }

  void add(long timestampMillis, long hash) {
    long second = timestampMillis / 1000;
    if (second <= 0 || second >>> 32 != 0) {
      return;
    }
    int slot = slot(second);
    while (true) {
      long word = words.get(slot);
      // Read after the word: when that is still the same, nobody has begun to add since.
      long sum = sums.get(slot);
      long held = word >>> SECOND_SHIFT;
      if (held > second) {
        return;
      }
      long next;
      long amount = hash;
      if ((held == second && (word & COUNT) == COUNT) || (word & ADDING) == ADDING) {
        next = (second << SECOND_SHIFT) | (word & ADDING) | DIRTY;
      } else if (held == second) {
        next = word + ONE + 1;
      } else if ((word & ADDING) == 0) {
        next = (second << SECOND_SHIFT) | ONE | 1;
        amount = hash - sum;
      } else {
        next = (second << SECOND_SHIFT) | DIRTY | ONE | ((word & ADDING) + 1);
      }
      if (words.compareAndSet(slot, word, next)) {
        if ((next & ADDING) != (word & ADDING)) {
          sums.getAndAdd(slot, amount);
          words.getAndDecrement(slot);
        }
        return;
      }
    }
  }

  /** Whether the slot of that second still stands so. */
  boolean unchanged(long second, long word) {
    return words.get(slot(second)) == word;
  }

  /** The second in that slot; 0 when there was none. */
  long secondAt(int slot) {
    return words.get(slot) >>> SECOND_SHIFT;
  }

  /** Not for hooks: allocates, and waits a little for those that are adding. */
  public Reading read(long second) {
    int slot = slot(second);
    for (int i = 0; i < ATTEMPTS; i++) {
      long word = words.get(slot);
      long sum = sums.get(slot);
      long held = word >>> SECOND_SHIFT;
      if (held < second) {
        return new Reading(word, 0, 0);
      }
      if (held > second || (word & DIRTY) != 0) {
        return new Reading(word, -1, 0);
      }
      if ((word & ADDING) == 0 && words.get(slot) == word) {
        return new Reading(word, (int) ((word & COUNT) / ONE), sum);
      }
    }
    return new Reading(words.get(slot), -1, 0);
  }
}
