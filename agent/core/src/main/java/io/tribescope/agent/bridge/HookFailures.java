package io.tribescope.agent.bridge;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What failed in woven code, by the hook's name. Thread-safe. Bounded by the number of hooks, for
 * only they name themselves.
 */
final class HookFailures {
  private final ConcurrentHashMap<String, Failures> byHook = new ConcurrentHashMap<>();

  /** Of one hook. */
  private static final class Failures {
    final AtomicLong count = new AtomicLong();
    volatile @Nullable String first;
  }

  /**
   * Counts one failure, unless there is no memory or no stack left for it. Throws nothing but what
   * the JVM throws at the end of the stack; the woven handler guards against that.
   */
  void add(Throwable failure, String hook) {
    try {
      Failures failures = byHook.get(hook);
      if (failures == null) {
        // No lambda: to link one now, at the end of the stack perhaps, would fail as well.
        byHook.putIfAbsent(hook, new Failures());
        failures = byHook.get(hook);
      }
      failures.count.getAndIncrement();
      if (failures.first == null) {
        failures.first = describe(failure);
      }
    } catch (Throwable again) {
      // Nothing more can be done here, and Tomcat must not notice.
    }
  }

  /**
   * As text, so that nothing of what failed is kept. Without its message, which can be an
   * application's and name a session; only what could not be linked says which class that was.
   */
  private static String describe(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    String what =
        failure instanceof LinkageError ? failure.toString() : failure.getClass().getName();
    return what + (trace.length == 0 ? "" : " at " + trace[0]);
  }

  long count(String hook) {
    Failures failures = byHook.get(hook);
    return failures == null ? 0 : failures.count.get();
  }

  @Nullable String first(String hook) {
    Failures failures = byHook.get(hook);
    return failures == null ? null : failures.first;
  }
}
