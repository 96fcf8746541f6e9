package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.sf.ehcache.Ehcache;
import org.jspecify.annotations.Nullable;

/**
 * What comes from peers over RMI, where it has been applied. A batch calls put and remove for each
 * of its changes. TransactionalRMICachePeer extends this class and comes here, too.
 */
public final class CacheReceiveHooks {
  private static final String PEER = "net.sf.ehcache.distribution.RMICachePeer";

  private CacheReceiveHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cache-bind",
            PEER,
            isConstructor().and(takesArgument(0, named("net.sf.ehcache.Ehcache"))),
            "ehcache.CacheReceiveHooks$Bind"),
        new Hook(
            "cache-receive-put",
            PEER,
            named("put").and(takesArguments(1)),
            "ehcache.CacheReceiveHooks$Put"),
        new Hook(
            "cache-receive-remove",
            PEER,
            named("remove").and(takesArguments(1)),
            "ehcache.CacheReceiveHooks$Remove"),
        new Hook(
            "cache-receive-remove-all",
            PEER,
            named("removeAll").and(takesArguments(0)),
            "ehcache.CacheReceiveHooks$RemoveAll"),
        new Hook(
            "cache-receive-batch",
            PEER,
            named("send").and(takesArguments(1)),
            "ehcache.CacheReceiveHooks$Batch"));
  }

  static final class Bind {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object peer, @Advice.Argument(0) Ehcache cache) {
      Bridge.cacheReceiving()
          .peerBound(
              cache.getCacheEventNotificationService(),
              cache,
              cache.getName(),
              cache.getCacheManager().getName(),
              peer);
    }
  }

  static final class Put {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("cache") Ehcache cache) {
      Bridge.cacheReceiving()
          .received(cache.getCacheEventNotificationService(), cache, CacheOperation.PUT);
    }
  }

  static final class Remove {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("cache") Ehcache cache) {
      Bridge.cacheReceiving()
          .received(cache.getCacheEventNotificationService(), cache, CacheOperation.REMOVE);
    }
  }

  static final class RemoveAll {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("cache") Ehcache cache) {
      Bridge.cacheReceiving()
          .received(cache.getCacheEventNotificationService(), cache, CacheOperation.REMOVE_ALL);
    }
  }

  static final class Batch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter() {
      return Bridge.cacheReceiving().batchReceiving();
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun) {
      Bridge.cacheReceiving().batchReceived(begun);
    }
  }
}
