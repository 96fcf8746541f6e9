package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.hooks.weaving.BodyReports;
import io.tribescope.agent.hooks.weaving.CallReport;
import io.tribescope.agent.hooks.weaving.HandlerReport;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.jms.JMSEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A change's way to a JMS topic and from it. Each change is a message of its own, also when a queue
 * of them is flushed; a value that cannot be serialized ends such a flush, and what was to follow
 * is lost.
 */
public final class CacheJmsHooks {
  private static final String REPLICATOR = "net.sf.ehcache.distribution.jms.JMSCacheReplicator";
  private static final String PEER = "net.sf.ehcache.distribution.jms.JMSCachePeer";
  private static final ElementMatcher<MethodDescription> OF_CACHE =
      takesArgument(0, named("net.sf.ehcache.Ehcache"));

  private CacheJmsHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cache-jms-hand",
            REPLICATOR,
            named("sendNotification").and(OF_CACHE),
            "ehcache.CacheJmsHooks$HandOver"),
        new Hook(
            "cache-jms-enqueue",
            REPLICATOR,
            named("addMessageToQueue").and(OF_CACHE),
            "ehcache.CacheJmsHooks$Enqueue"),
        new Hook(
                "cache-jms-batch",
                REPLICATOR,
                named("flushReplicationQueue").and(takesArguments(0)),
                "ehcache.CacheJmsHooks$HandOverBatch")
            .with(
                BodyReports.of(CallReport.beforeFirst("java/util/List", "clear", "queueDrained"))),
        new Hook(
            "cache-jms-replicator-dispose",
            REPLICATOR,
            named("dispose").and(takesArguments(0)),
            "ehcache.CacheJmsHooks$Dispose"),
        new Hook(
                "cache-jms-send",
                PEER,
                named("send").and(takesArguments(List.class)),
                "ehcache.CacheJmsHooks$Send")
            .with(BodyReports.of(new HandlerReport("sendingFailed"))),
        new Hook(
            "cache-jms-leave",
            PEER,
            named("dispose").and(takesArguments(0)),
            "ehcache.CacheJmsHooks$Leave"),
        new Hook(
            "cache-jms-receive-put",
            PEER,
            named("put").and(takesArguments(2)).and(OF_CACHE),
            "ehcache.CacheJmsHooks$ReceivePut"),
        new Hook(
            "cache-jms-receive-remove",
            PEER,
            named("remove").and(takesArguments(2)).and(OF_CACHE),
            "ehcache.CacheJmsHooks$ReceiveRemove"),
        new Hook(
            "cache-jms-receive-remove-all",
            PEER,
            named("removeAll").and(takesArguments(1)).and(OF_CACHE),
            "ehcache.CacheJmsHooks$ReceiveRemoveAll"));
  }

  /** One that queues hands nothing over yet. */
  static final class HandOver {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.This Object replicator,
        @Advice.FieldValue("replicateAsync") boolean queues,
        @Advice.Argument(0) Ehcache cache) {
      if (!Bridge.transports().knows(replicator)) {
        Guarded.replicating(
            TransportEvents.JMS,
            cache.getCacheEventNotificationService(),
            cache,
            cache.getName(),
            cache.getCacheManager().getName(),
            replicator,
            queues,
            "cache-jms-hand");
      }
      return queues ? null : Bridge.transports().handingOver(replicator, 1);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("replicateAsync") boolean queues,
        @Advice.Enter @Nullable Notes begun,
        @Advice.Thrown Throwable failure) {
      if (!queues) {
        Bridge.transports().handedOver(begun, failure);
      }
    }
  }

  /** Counted before it is put there: the replication thread may be faster than this one. */
  static final class Enqueue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object replicator) {
      Bridge.cacheSending().enqueueing(replicator);
    }
  }

  static final class HandOverBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.This Object replicator) {
      return Bridge.transports().handingOver(replicator, 0);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.transports().handedOver(begun, failure);
    }
  }

  static final class Dispose {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object replicator) {
      Bridge.cacheSending().replicatorDisposing(replicator);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object replicator) {
      Bridge.cacheSending().replicatorDisposed(replicator);
    }
  }

  /** A list of one message, always. An element that is gone is written as null. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.This Object peer, @Advice.Argument(0) List<?> messages) {
      for (int i = 0; i < messages.size(); i++) {
        JMSEventMessage message = (JMSEventMessage) messages.get(i);
        int operation = CacheOperation.ofEvent(message.getEvent());
        Guarded.handing(
            peer,
            message.getCacheName(),
            operation,
            operation == CacheOperation.PUT && message.getElement() == null);
      }
      return Bridge.transports().sending(TransportEvents.JMS);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.transports().sent(begun, failure);
    }
  }

  /** A manager that is shut down closes the session long before its replicators. */
  static final class Leave {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object peer) {
      Bridge.transports().peerDisposing(peer);
    }
  }

  /** The sender's element was gone when there is none: the cache ignores that. */
  static final class ReceivePut {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Ehcache cache, @Advice.Argument(1) Element element) {
      if (element != null) {
        Bridge.transports()
            .received(
                TransportEvents.JMS,
                cache.getCacheEventNotificationService(),
                cache,
                CacheOperation.PUT);
      }
    }
  }

  static final class ReceiveRemove {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Ehcache cache) {
      Bridge.transports()
          .received(
              TransportEvents.JMS,
              cache.getCacheEventNotificationService(),
              cache,
              CacheOperation.REMOVE);
    }
  }

  static final class ReceiveRemoveAll {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Ehcache cache) {
      Bridge.transports()
          .received(
              TransportEvents.JMS,
              cache.getCacheEventNotificationService(),
              cache,
              CacheOperation.REMOVE_ALL);
    }
  }
}
