package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The last changes that were written and not acknowledged, so that one which never arrived by a
 * peer's receipts is found again: 65,536 of them, 1.5 MB. Lock-free; allocates nothing after
 * construction. What is overwritten too early was at a rate of over 1,000 changes a second.
 */
final class RecentChanges {
  private static final int CAPACITY = 1 << 16;

  private final AtomicLongArray ids = new AtomicLongArray(CAPACITY);
  private final AtomicLongArray handles = new AtomicLongArray(CAPACITY);
  private final AtomicLongArray seconds = new AtomicLongArray(CAPACITY);
  private final AtomicInteger next = new AtomicInteger();

  /** Takes a change, by its message's id and the second of its timestamp. */
  interface Visitor {
    void change(long id, long handle);
  }

  void add(long id, long handle, long second) {
    int slot = next.getAndIncrement() & (CAPACITY - 1);
    seconds.set(slot, 0);
    ids.lazySet(slot, id);
    handles.lazySet(slot, handle);
    seconds.set(slot, second);
  }

  void visit(long second, Visitor visitor) {
    for (int slot = 0; slot < CAPACITY; slot++) {
      if (seconds.get(slot) == second) {
        visitor.change(ids.get(slot), handles.get(slot));
      }
    }
  }
}
