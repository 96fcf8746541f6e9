package io.tribescope.agent.recording.cache.records;

import io.tribescope.agent.recording.counters.Stripe;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls of peers that have not returned yet. A peer that hangs keeps its caller for as long as
 * the network lets it, and what the caller would count comes only afterwards. Lock-free; of more
 * than 64 at once the rest is not seen.
 */
public final class CallsInProgress {
  private static final int SLOTS = 64;

  /** Off the lines of the arrays' lengths, which every access reads. */
  private static final int FIRST = 16;

  private static final int END = FIRST + SLOTS;

  /** When the call in each slot began, by the monotonic clock; 0 for a free slot. */
  private final AtomicLongArray since = new AtomicLongArray(END);

  private final AtomicReferenceArray<@Nullable CacheRecord> caches =
      new AtomicReferenceArray<>(END);
  private final AtomicIntegerArray hosts = new AtomicIntegerArray(END);

  /**
   * Each stripe begins on cache lines of its own: a change sent to one peer by two threads takes
   * 225 ns, and with all of them side by side it took 476 (docs/decisions/0004).
   *
   * @return the slot, or -1 when none is free
   */
  public int begin(int stripe, CacheRecord cache, int host, long now) {
    int first = stripe * (SLOTS / Stripe.COUNT);
    for (int probe = 0; probe < SLOTS; probe++) {
      int slot = FIRST + (first + probe) % SLOTS;
      if (since.get(slot) == 0 && since.compareAndSet(slot, 0, now | 1)) {
        hosts.set(slot, host);
        caches.set(slot, cache);
        return slot;
      }
    }
    return -1;
  }

  public void end(int slot) {
    if (slot >= 0) {
      caches.set(slot, null);
      since.set(slot, 0);
    }
  }

  /** Whether that peer is being called, for whatever cache. */
  boolean has(int host) {
    for (int slot = FIRST; slot < END; slot++) {
      if (since.get(slot) != 0 && hosts.get(slot) == host) {
        return true;
      }
    }
    return false;
  }

  /** The longest call of that peer for that cache that lasts now; 0 when there is none. */
  public long nanos(CacheRecord cache, int host, long now) {
    long longest = 0;
    for (int slot = FIRST; slot < END; slot++) {
      long begun = since.get(slot);
      if (begun != 0 && caches.get(slot) == cache && hosts.get(slot) == host) {
        longest = Math.max(longest, now - begun);
      }
    }
    return longest;
  }
}
