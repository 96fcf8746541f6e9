package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.ReceiverEvents;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Since when receivers wait for a free worker. A receiver that waits for ever is stuck, while
 * membership still looks well. Lock-free; eight receivers at once.
 */
public final class ReceiverWait implements ReceiverEvents {
  private static final int SLOTS = 8;

  /** When the wait in each slot began, by the monotonic clock; 0 where there is none. */
  private final AtomicLongArray since = new AtomicLongArray(SLOTS);

  @Override
  public Notes receiverWaiting() {
    HookContext context = HookContext.current();
    context.receiverSlot = -1;
    long now = System.nanoTime() | 1;
    for (int i = 0; i < SLOTS; i++) {
      if (since.compareAndSet(i, 0, now)) {
        context.receiverSlot = i;
        break;
      }
    }
    return context;
  }

  @Override
  public void receiverServed(@Nullable Notes begun) {
    HookContext context = HookContext.of(begun);
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
