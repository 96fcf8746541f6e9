package io.tribescope.agent.recording.cache;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The calls of peers that have not returned yet. A peer that hangs keeps its caller for as long as
 * the network lets it, and what the caller would count comes only afterwards. Lock-free; of more
 * than 64 at once the rest is not seen.
 */
final class CallsInProgress {
  private static final int SLOTS = 64;

  /** When the call in each slot began, by the monotonic clock; 0 for a free slot. */
  private final AtomicLongArray since = new AtomicLongArray(SLOTS);

  private final AtomicReferenceArray<@Nullable CacheRecord> caches =
      new AtomicReferenceArray<>(SLOTS);
  private final AtomicIntegerArray hosts = new AtomicIntegerArray(SLOTS);

  /**
   * @return the slot, or -1 when none is free
   */
  int begin(CacheRecord cache, int host, long now) {
    for (int slot = 0; slot < SLOTS; slot++) {
      if (since.get(slot) == 0 && since.compareAndSet(slot, 0, now | 1)) {
        hosts.set(slot, host);
        caches.set(slot, cache);
        return slot;
      }
    }
    return -1;
  }

  void end(int slot) {
    if (slot >= 0) {
      caches.set(slot, null);
      since.set(slot, 0);
    }
  }

  /** The longest call of that peer for that cache that lasts now; 0 when there is none. */
  long nanos(CacheRecord cache, int host, long now) {
    long longest = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      long begun = since.get(slot);
      if (begun != 0 && caches.get(slot) == cache && hosts.get(slot) == host) {
        longest = Math.max(longest, now - begun);
      }
    }
    return longest;
  }
}
