package io.tribescope.agent.start;

import io.tribescope.agent.tomcat.WebappContext;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Catches up on the one hooked class that loads with any cache, replicated or not: where a cache
 * manager without replication was made first, it is there before the gate opens. Not from within
 * the gate: the JVM does not call a transformer again on a thread that is in it.
 */
final class EarlyClasses {
  private static final String LISTENERS = "net.sf.ehcache.event.RegisteredEventListeners";

  private static final Logger logger = LoggerFactory.getLogger(EarlyClasses.class);

  private EarlyClasses() {}

  static void advise(Instrumentation instrumentation) {
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals(LISTENERS) && !WebappContext.isStopped(loaded.getClassLoader())) {
        try {
          instrumentation.retransformClasses(loaded);
        } catch (UnmodifiableClassException | RuntimeException | LinkageError e) {
          logger.warn("Events of an application's caches are not observed: {}", e.toString());
        }
      }
    }
  }
}
