package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.receipts.Settlement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * The last changes that were written and not acknowledged, so that one which never arrived by a
 * peer's receipts is found again: 65,536 of them, 1.5 MB. Lock-free; allocates nothing after
 * construction.
 *
 * <p>A change is needed until the receipts of all whom it was written to have decided on its
 * second, 39 s with up to eight peers ({@link Settlement#settledWithinNanos}). That is room for
 * 1,680 changes a second. Beyond it some of what is missing cannot be traced to its session, and
 * {@link #saturated} says so.
 */
public final class RecentChanges {
  static final int CAPACITY = 1 << 16;

  /** The clock is read once for so many entries. */
  private static final int BLOCK = 64;

  private final AtomicLongArray ids = new AtomicLongArray(CAPACITY);
  private final AtomicLongArray handles = new AtomicLongArray(CAPACITY);
  private final AtomicLongArray seconds = new AtomicLongArray(CAPACITY);
  private final AtomicLongArray begun = new AtomicLongArray(CAPACITY / BLOCK);
  private final AtomicInteger next = new AtomicInteger();
  private final LongSupplier clock;
  private final LongSupplier needed;
  private volatile boolean saturated;

  /** Takes a change, by its message's id and the second of its timestamp. */
  public interface Visitor {
    void change(long id, long handle);
  }

  /**
   * @param clock monotonic, in nanoseconds: a message's timestamp may be old when it is written
   * @param needed for how many nanoseconds an entry is needed; 0 while none is
   */
  public RecentChanges(LongSupplier clock, LongSupplier needed) {
    this.clock = clock;
    this.needed = needed;
  }

  public void add(long id, long handle, long second) {
    int number = next.getAndIncrement();
    int slot = number & (CAPACITY - 1);
    if (slot % BLOCK == 0) {
      begin(slot / BLOCK, number != slot);
    }
    seconds.set(slot, 0);
    ids.lazySet(slot, id);
    handles.lazySet(slot, handle);
    seconds.set(slot, second);
  }

  private void begin(int block, boolean again) {
    long now = clock.getAsLong();
    long before = begun.getAndSet(block, now);
    if (again && !saturated && now - before < needed.getAsLong()) {
      saturated = true;
    }
  }

  public void visit(long second, Visitor visitor) {
    for (int slot = 0; slot < CAPACITY; slot++) {
      if (seconds.get(slot) == second) {
        visitor.change(ids.get(slot), handles.get(slot));
      }
    }
  }

  /** Whether changes were ever overwritten that were still needed. */
  public boolean saturated() {
    return saturated;
  }
}
