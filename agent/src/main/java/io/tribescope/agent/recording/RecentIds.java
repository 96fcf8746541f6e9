package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Remembers the ids of the last messages received, to count each once: Tribes resends a message
 * when an acknowledgement is late, within seconds. Bounded: 65,536 ids in sets of four, half a
 * megabyte. Lock-free; allocates nothing after construction.
 */
final class RecentIds {
  private static final int WAYS = 4;

  private final AtomicLongArray ids;
  private final int mask;

  RecentIds() {
    this(1 << 16);
  }

  /**
   * @param capacity a power of two
   */
  RecentIds(int capacity) {
    ids = new AtomicLongArray(capacity);
    mask = capacity - 1;
  }

  /** Whether {@code id} was not seen lately; it is remembered. */
  boolean isNew(long id) {
    int set = (int) id & mask & -WAYS;
    for (int slot = set; slot < set + WAYS; slot++) {
      if (ids.get(slot) == id) {
        return false;
      }
    }
    // The newest first: it is the oldest of a set that must go.
    for (int slot = set + WAYS - 1; slot > set; slot--) {
      ids.lazySet(slot, ids.get(slot - 1));
    }
    ids.lazySet(set, id);
    return true;
  }
}
