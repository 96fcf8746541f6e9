package io.tribescope.agent.hooks.weaving;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.bridge.Guarded;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** All of the agent's that woven code refers to. */
public final class BridgeClasses {
  private BridgeClasses() {}

  /** The bridge, the events that it hands out, and what these take. Unmodifiable. */
  public static Set<Class<?>> all() {
    Set<Class<?>> all = new LinkedHashSet<>();
    add(Bridge.class, all);
    add(Guarded.class, all);
    add(CacheOperation.class, all);
    return Collections.unmodifiableSet(all);
  }

  private static void add(Class<?> type, Set<Class<?>> all) {
    if (!type.getName().startsWith("io.tribescope.agent.bridge.") || !all.add(type)) {
      return;
    }
    for (Method method : type.getMethods()) {
      add(method.getReturnType(), all);
      for (Class<?> parameter : method.getParameterTypes()) {
        add(parameter, all);
      }
    }
  }
}
