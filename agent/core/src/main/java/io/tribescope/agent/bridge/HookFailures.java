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

  /** Counts one failure. Never throws: there is no memory, perhaps, or no stack. */
  void add(Throwable failure, String hook) {
    try {
      Failures failures = byHook.get(hook);
      if (failures == null) {
        failures = byHook.computeIfAbsent(hook, name -> new Failures());
      }
      if (failures.count.getAndIncrement() == 0) {
        failures.first = describe(failure);
      }
    } catch (Throwable again) {
      // Nothing more can be done here, and Tomcat must not notice.
    }
  }

  /** As text, so that nothing of what failed is kept. */
  private static String describe(Throwable failure) {
    StackTraceElement[] trace = failure.getStackTrace();
    return failure + (trace.length == 0 ? "" : " at " + trace[0]);
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
