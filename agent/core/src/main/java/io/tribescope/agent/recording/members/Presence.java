package io.tribescope.agent.recording.members;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether a peer is in the view, and which of its channel's events brought it there or took it
 * away: one word, so that a view which was read earlier never undoes a later event. Lock-free.
 */
final class Presence {
  private static final long IN_VIEW = 1;

  /** The event's number, above {@link #IN_VIEW}. */
  private final AtomicLong word = new AtomicLong();

  private volatile long departedNanos;

  boolean inView() {
    return isInView(word.get());
  }

  /** When it left the view, by the monotonic clock; 0 when it never did. */
  long departedNanos() {
    return departedNanos;
  }

  /** It came or went, as that event says; a later one has said more already. */
  void changed(int event, boolean now, long nanoTime) {
    long held = word.get();
    while (event - event(held) >= 0 && !replace(held, event, now, nanoTime)) {
      held = word.get();
    }
  }

  /**
   * Takes over what a view says.
   *
   * @param events how many events there were before it was read: what a later one says is right
   */
  void reconcile(boolean now, int events, long nanoTime) {
    long held = word.get();
    while (event(held) - events <= 0 && !replace(held, event(held), now, nanoTime)) {
      held = word.get();
    }
  }

  private boolean replace(long held, int event, boolean now, long nanoTime) {
    if (isInView(held) && !now) {
      // Before it is seen to be gone: then it is asked for how long. Of no meaning until then.
      departedNanos = nanoTime;
    }
    return word.compareAndSet(held, ((long) event << 1) | (now ? IN_VIEW : 0));
  }

  private static boolean isInView(long word) {
    return (word & IN_VIEW) != 0;
  }

  private static int event(long word) {
    return (int) (word >> 1);
  }
}
