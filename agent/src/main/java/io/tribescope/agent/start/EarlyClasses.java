package io.tribescope.agent.start;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;

/**
 * Catches up on the one hooked class that loads with any cache, replicated or not: where a cache
 * manager without replication was made first, it is there before the gate opens. Not from within
 * the gate: the JVM does not call a transformer again on a thread that is in it.
 */
final class EarlyClasses {
  private static final String LISTENERS = "net.sf.ehcache.event.RegisteredEventListeners";

  private EarlyClasses() {}

  static void advise(Instrumentation instrumentation) {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals(LISTENERS)) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (UnmodifiableClassException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
