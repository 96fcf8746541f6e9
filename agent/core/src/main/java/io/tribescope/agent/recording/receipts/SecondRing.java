package io.tribescope.agent.recording.receipts;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * For each of 256 seconds of a sender's timestamps, how many messages there were and the sum of
 * their ids' hashes. A slot passes on to a later second when one comes; what belongs to an earlier
 * one is then ignored. Adding is lock-free and allocates nothing, by any number of threads.
 *
 * <p>A slot is one word: second (32 bits), dirty (1), count (19), threads that are adding now (12).
 * The sum beside it is never cleared: the thread that brings the slot to its next second adds what
 * takes the old sum away together with its own, which is exact as long as nobody was still adding
 * to the old one. Where somebody was, the slot is dirty, and unreadable for that second.
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
