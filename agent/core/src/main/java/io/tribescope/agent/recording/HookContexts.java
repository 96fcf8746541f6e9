package io.tribescope.agent.recording;

import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Finds the calling thread's {@link HookContext}. Lock-free; allocates nothing once a thread has
 * one.
 *
 * <p>A ThreadLocal owns the contexts. In front of it stands a table with one place for each of the
 * last bits of a thread's id, because the threads of a Tomcat carry so many ThreadLocals of the
 * framework's and the application's that a look-up there walks past others: of ten Java samples
 * with a frame of the agent's four stood in {@code ThreadLocalMap.getEntryAfterMiss}. Where two
 * threads meet in one place the first keeps it while it lives, and the other takes the longer way.
 * The table holds contexts weakly: they go with their threads.
 */
final class HookContexts {
  /** A power of two; more than the threads of most Tomcats. */
  private static final int PLACES = 4096;

  private static final AtomicReferenceArray<WeakReference<HookContext>> TABLE =
      new AtomicReferenceArray<>(PLACES);
  private static final ThreadLocal<HookContext> OWNED = ThreadLocal.withInitial(HookContext::new);

  private HookContexts() {}

  @SuppressWarnings("deprecation") // threadId() is Java 19's
  static HookContext current() {
    Thread thread = Thread.currentThread();
    int place = (int) thread.getId() & (PLACES - 1);
    WeakReference<HookContext> held = TABLE.get(place);
    HookContext context = held == null ? null : held.get();
    return context != null && context.thread == thread ? context : find(place, context == null);
  }

  private static HookContext find(int place, boolean free) {
    HookContext context = OWNED.get();
    if (free) {
      TABLE.set(place, context.weak);
    }
    return context;
  }
}
