package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Since when receivers wait for a free worker. A receiver that waits for ever is stuck, while
 * membership still looks well. Lock-free; eight receivers at once.
 */
public final class ReceiverWait {
  private static final int SLOTS = 8;

  /** When the wait in each slot began, by the monotonic clock; 0 where there is none. */
  private final AtomicLongArray since = new AtomicLongArray(SLOTS);

  void begin(HookContext context) {
    long now = System.nanoTime() | 1;
    for (int i = 0; i < SLOTS; i++) {
      if (since.compareAndSet(i, 0, now)) {
        context.receiverSlot = i;
        return;
      }
    }
    context.receiverSlot = -1;
  }

  void end(HookContext context) {
    if (context.receiverSlot >= 0) {
      since.set(context.receiverSlot, 0);
      context.receiverSlot = -1;
    }
  }

  /** The longest wait that lasts now; 0 when no receiver waits. */
  public double seconds() {
    long now = System.nanoTime();
    long longest = 0;
    for (int i = 0; i < SLOTS; i++) {
      long begun = since.get(i);
      if (begun != 0) {
        longest = Math.max(longest, now - begun);
      }
    }
    return longest / 1e9;
  }
}
