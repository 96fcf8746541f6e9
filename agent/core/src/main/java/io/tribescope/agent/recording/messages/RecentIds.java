package io.tribescope.agent.recording.messages;

import io.tribescope.agent.recording.counters.LongBlocks;

/**
 * Remembers the last ids, to count each once: of the messages received, for Tribes resends one when
 * an acknowledgement is late, within seconds; of the sessions that moved here, and of those that
 * ended. Bounded: 65,536 ids in sets of four, half a megabyte when all are in use. Lock-free;
 * allocates nothing but the blocks of {@link LongBlocks}.
 */
public final class RecentIds {
  private static final int WAYS = 4;
  private static final int BLOCK = 1024;

  private final LongBlocks ids;
  private final int mask;

  public RecentIds() {
    this(1 << 16);
  }

  /**
   * @param capacity a power of two
   */
  RecentIds(int capacity) {
    ids = new LongBlocks(capacity, BLOCK);
    mask = capacity - 1;
  }

  /** Remembers an id. Returns whether it was not known yet. */
  public boolean remember(long id) {
    int set = (int) id & mask & -WAYS;
    while (true) {
      long newest = ids.get(set);
      if (find(id) >= 0) {
        return false;
      }
      // The newest first: it is the oldest of a set that must go.
      for (int slot = set + WAYS - 1; slot > set + 1; slot--) {
        ids.lazySet(slot, ids.get(slot - 1));
      }
      ids.lazySet(set + 1, newest);
      // Of threads that bring the same id at once, one: the others find it then.
      if (ids.compareAndSet(set, newest, id)) {
        return true;
      }
    }
  }

  /** Whether {@code id} is remembered. */
  public boolean holds(long id) {
    return find(id) >= 0;
  }

  public void forget(long id) {
    int slot = find(id);
    if (slot >= 0) {
      ids.compareAndSet(slot, id, 0);
    }
  }

  private int find(long id) {
    int set = (int) id & mask & -WAYS;
    for (int slot = set; slot < set + WAYS; slot++) {
      if (ids.get(slot) == id) {
        return slot;
      }
    }
    return -1;
  }
}
