package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.sf.ehcache.distribution.CacheReplicator;
import net.sf.ehcache.distribution.RMIAsynchronousCacheReplicator;
import net.sf.ehcache.distribution.RMISynchronousCacheReplicator;
import net.sf.ehcache.event.CacheEventListener;

/**
 * Where a cache gets its replicator, and where it tells its listeners of a change. Both stand in
 * RegisteredEventListeners, which no get comes to; expiry and eviction are left alone, since they
 * are never replicated.
 */
public final class CacheEventHooks {
  private static final String LISTENERS = "net.sf.ehcache.event.RegisteredEventListeners";
  private static final String ELEMENT = "net.sf.ehcache.Element";

  private CacheEventHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cache-replicator",
            LISTENERS,
            named("registerListener")
                .and(takesArgument(0, named("net.sf.ehcache.event.CacheEventListener"))),
            "ehcache.CacheEventHooks$ReplicatorRegistered"),
        new Hook(
            "cache-put",
            LISTENERS,
            named("notifyElementPut").and(takesArgument(0, named(ELEMENT))),
            "ehcache.CacheEventHooks$ElementPut"),
        new Hook(
            "cache-update",
            LISTENERS,
            named("notifyElementUpdated").and(takesArgument(0, named(ELEMENT))),
            "ehcache.CacheEventHooks$ElementUpdated"),
        new Hook(
            "cache-remove",
            LISTENERS,
            named("notifyElementRemoved").and(takesArgument(0, named(ELEMENT))),
            "ehcache.CacheEventHooks$ElementRemoved"),
        new Hook(
            "cache-remove-all",
            LISTENERS,
            named("notifyRemoveAll").and(takesArguments(boolean.class)),
            "ehcache.CacheEventHooks$AllRemoved"));
  }

  /** One of two overloads calls the other in some versions: to register twice does no harm. */
  static final class ReplicatorRegistered {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object listeners,
        @Advice.FieldValue(value = "cache", typing = Assigner.Typing.DYNAMIC) Object cache,
        @Advice.Argument(0) CacheEventListener listener) {
      if (listener instanceof CacheReplicator) {
        if (listener instanceof RMISynchronousCacheReplicator) {
          Bridge.caches()
              .cacheReplicated(
                  listeners, cache, listener, listener instanceof RMIAsynchronousCacheReplicator);
        } else {
          // Of most others nothing is known but the events: 0 lost would be a guess.
          Bridge.transports().cacheReplicated(listeners, cache, listener);
        }
      }
    }
  }

  static final class ElementPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object listeners, @Advice.Argument(1) boolean remote) {
      Bridge.caches().cacheChanged(listeners, CacheOperation.PUT, remote);
    }
  }

  static final class ElementUpdated {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object listeners, @Advice.Argument(1) boolean remote) {
      Bridge.caches().cacheChanged(listeners, CacheOperation.UPDATE, remote);
    }
  }

  static final class ElementRemoved {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object listeners, @Advice.Argument(1) boolean remote) {
      Bridge.caches().cacheChanged(listeners, CacheOperation.REMOVE, remote);
    }
  }

  static final class AllRemoved {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object listeners, @Advice.Argument(0) boolean remote) {
      Bridge.caches().cacheChanged(listeners, CacheOperation.REMOVE_ALL, remote);
    }
  }
}
