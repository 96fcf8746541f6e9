package io.tribescope.agent.hooks;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.CacheBridge;
import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.TransportBridge;
import io.tribescope.agent.bridge.TransportEvents;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.CacheReplicator;
import net.sf.ehcache.distribution.jms.JMSEventMessage;

/**
 * A change's way to a JMS topic and from it. Each change is a message of its own, also when a queue
 * of them is flushed; a value that cannot be serialized ends such a flush, and what was to follow
 * is lost.
 */
final class CacheJmsHooks {
  private static final String REPLICATOR = "net.sf.ehcache.distribution.jms.JMSCacheReplicator";
  private static final String PEER = "net.sf.ehcache.distribution.jms.JMSCachePeer";
  private static final ElementMatcher<MethodDescription> OF_CACHE =
      takesArgument(0, named("net.sf.ehcache.Ehcache"));

  private CacheJmsHooks() {}

  static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cache-jms-notify-put",
            REPLICATOR,
            named("notifyElementPut").and(OF_CACHE),
            "CacheJmsHooks$NotifyPut"),
        new Hook(
            "cache-jms-notify-update",
            REPLICATOR,
            named("notifyElementUpdated").and(OF_CACHE),
            "CacheJmsHooks$NotifyUpdate"),
        new Hook(
            "cache-jms-notify-remove",
            REPLICATOR,
            named("notifyElementRemoved").and(OF_CACHE),
            "CacheJmsHooks$NotifyRemove"),
        new Hook(
            "cache-jms-hand",
            REPLICATOR,
            named("sendNotification").and(OF_CACHE),
            "CacheJmsHooks$HandOver"),
        new Hook(
            "cache-jms-enqueue",
            REPLICATOR,
            named("addMessageToQueue").and(OF_CACHE),
            "CacheJmsHooks$Enqueue"),
        new Hook(
                "cache-jms-batch",
                REPLICATOR,
                named("flushReplicationQueue").and(takesArguments(0)),
                "CacheJmsHooks$HandOverBatch")
            .with(new QueueDrains(CaughtFailures.BRIDGE)),
        new Hook(
            "cache-jms-replicator-dispose",
            REPLICATOR,
            named("dispose").and(takesArguments(0)),
            "CacheJmsHooks$Dispose"),
        new Hook(
                "cache-jms-send",
                PEER,
                named("send").and(takesArguments(List.class)),
                "CacheJmsHooks$Send")
            .with(new CaughtFailures()),
        new Hook(
            "cache-jms-leave",
            PEER,
            named("dispose").and(takesArguments(0)),
            "CacheJmsHooks$Leave"),
        new Hook(
            "cache-jms-receive-put",
            PEER,
            named("put").and(takesArguments(2)).and(OF_CACHE),
            "CacheJmsHooks$ReceivePut"),
        new Hook(
            "cache-jms-receive-remove",
            PEER,
            named("remove").and(takesArguments(2)).and(OF_CACHE),
            "CacheJmsHooks$ReceiveRemove"),
        new Hook(
            "cache-jms-receive-remove-all",
            PEER,
            named("removeAll").and(takesArguments(1)).and(OF_CACHE),
            "CacheJmsHooks$ReceiveRemoveAll"));
  }

  // The replicator passes over what its own conditions refuse, with a line in the log; also an
  // update that would travel as an invalidation must have a value that can be serialized.

  static final class NotifyPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This CacheReplicator replicator,
        @Advice.FieldValue("replicatePuts") boolean replicated,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated && replicator.alive() && !element.isSerializable()) {
        TransportBridge.unserializable(
            TransportEvents.JMS, cache.getCacheEventNotificationService(), cache);
      }
    }
  }

  static final class NotifyUpdate {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This CacheReplicator replicator,
        @Advice.FieldValue("replicateUpdates") boolean replicated,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated && replicator.alive() && !element.isSerializable()) {
        TransportBridge.unserializable(
            TransportEvents.JMS, cache.getCacheEventNotificationService(), cache);
      }
    }
  }

  static final class NotifyRemove {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This CacheReplicator replicator,
        @Advice.FieldValue("replicateRemovals") boolean replicated,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated && replicator.alive() && !element.isKeySerializable()) {
        TransportBridge.unserializable(
            TransportEvents.JMS, cache.getCacheEventNotificationService(), cache);
      }
    }
  }

  static final class HandOver {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object replicator,
        @Advice.FieldValue("replicateAsync") boolean queues,
        @Advice.Argument(0) Ehcache cache) {
      if (!TransportBridge.knows(replicator)) {
        TransportBridge.replicating(
            TransportEvents.JMS,
            cache.getCacheEventNotificationService(),
            cache,
            cache.getName(),
            cache.getCacheManager().getName(),
            replicator,
            queues);
      }
      if (!queues) {
        TransportBridge.handingOver(replicator, 1);
      }
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("replicateAsync") boolean queues, @Advice.Thrown Throwable failure) {
      if (!queues) {
        TransportBridge.handedOver(failure);
      }
    }
  }

  /** Counted before it is put there: the replication thread may be faster than this one. */
  static final class Enqueue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object replicator) {
      CacheBridge.enqueueing(replicator);
    }
  }

  static final class HandOverBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object replicator) {
      TransportBridge.handingOver(replicator, 0);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      TransportBridge.handedOver(failure);
    }
  }

  static final class Dispose {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object replicator) {
      CacheBridge.replicatorDisposing(replicator);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object replicator) {
      CacheBridge.replicatorDisposed(replicator);
    }
  }

  /** A list of one message, always. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object peer, @Advice.Argument(0) List<?> messages) {
      for (int i = 0; i < messages.size(); i++) {
        JMSEventMessage message = (JMSEventMessage) messages.get(i);
        // 0 is PUT, 1 REMOVE, 3 REMOVE_ALL. An element that is gone is written as null.
        int event = message.getEvent();
        TransportBridge.handing(
            peer,
            message.getCacheName(),
            event == 0 ? CacheEvents.PUT : event == 1 ? CacheEvents.REMOVE : CacheEvents.REMOVE_ALL,
            event == 0 && message.getElement() == null);
      }
      TransportBridge.sending(TransportEvents.JMS);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      TransportBridge.sent(failure);
    }
  }

  /** A manager that is shut down closes the session long before its replicators. */
  static final class Leave {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object peer) {
      TransportBridge.peerDisposing(peer);
    }
  }

  /** The sender's element was gone when there is none: the cache ignores that. */
  static final class ReceivePut {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Ehcache cache, @Advice.Argument(1) Element element) {
      if (element != null) {
        TransportBridge.received(
            TransportEvents.JMS, cache.getCacheEventNotificationService(), cache, CacheEvents.PUT);
      }
    }
  }

  static final class ReceiveRemove {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Ehcache cache) {
      TransportBridge.received(
          TransportEvents.JMS, cache.getCacheEventNotificationService(), cache, CacheEvents.REMOVE);
    }
  }

  static final class ReceiveRemoveAll {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Ehcache cache) {
      TransportBridge.received(
          TransportEvents.JMS,
          cache.getCacheEventNotificationService(),
          cache,
          CacheEvents.REMOVE_ALL);
    }
  }
}
