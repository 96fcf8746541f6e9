package io.tribescope.agent.hooks;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.TransportBridge;
import io.tribescope.agent.bridge.TransportEvents;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.CacheReplicator;
import net.sf.ehcache.distribution.jgroups.JGroupEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A change's way to a group of JGroups and from it. All caches of a manager share one peer, which
 * has one queue for each interval, and sends up to a hundred changes of them in one message. Events
 * above REMOVE_ALL are a bootstrap's.
 */
final class CacheJGroupsHooks {
  private static final String PACKAGE = "net.sf.ehcache.distribution.jgroups.";
  private static final String REPLICATOR = PACKAGE + "JGroupsCacheReplicator";
  private static final String PEER = PACKAGE + "JGroupsCachePeer";
  private static final ElementMatcher<MethodDescription> OF_CACHE =
      takesArgument(0, named("net.sf.ehcache.Ehcache"));

  private CacheJGroupsHooks() {}

  static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cache-jgroups-notify-put",
            REPLICATOR,
            named("notifyElementPut").and(OF_CACHE),
            "CacheJGroupsHooks$NotifyPut"),
        new Hook(
            "cache-jgroups-notify-update",
            REPLICATOR,
            named("notifyElementUpdated").and(OF_CACHE),
            "CacheJGroupsHooks$NotifyUpdate"),
        new Hook(
            "cache-jgroups-notify-remove",
            REPLICATOR,
            named("notifyElementRemoved").and(OF_CACHE),
            "CacheJGroupsHooks$NotifyRemove"),
        new Hook(
            "cache-jgroups-hand",
            REPLICATOR,
            named("sendNotification").and(OF_CACHE),
            "CacheJGroupsHooks$HandOver"),
        new Hook(
            "cache-jgroups-enqueue",
            PEER,
            named("send").and(takesArguments(2)).and(takesArgument(1, List.class)),
            "CacheJGroupsHooks$Enqueue"),
        new Hook(
                "cache-jgroups-batch",
                PEER,
                named("flushQueue").and(takesArguments(Queue.class)),
                "CacheJGroupsHooks$Flush")
            .with(new ValidityChecks()),
        new Hook(
                "cache-jgroups-send",
                PEER,
                named("sendData").and(takesArguments(2)).and(takesArgument(1, List.class)),
                "CacheJGroupsHooks$Send")
            .with(new CaughtFailures()),
        new Hook(
            "cache-jgroups-leave",
            PEER,
            named("dispose").and(takesArguments(0)),
            "CacheJGroupsHooks$Leave"),
        new Hook(
            "cache-jgroups-receive",
            PACKAGE + "JGroupsCacheReceiver",
            named("handleEhcacheNotification").and(takesArguments(2)),
            "CacheJGroupsHooks$Receive"));
  }

  // The replicator passes over what its own conditions refuse, with a line in the log.

  static final class NotifyPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This CacheReplicator replicator,
        @Advice.FieldValue("replicatePuts") boolean replicated,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated && replicator.alive() && !element.isSerializable()) {
        TransportBridge.unserializable(
            TransportEvents.JGROUPS, cache.getCacheEventNotificationService(), cache);
      }
    }
  }

  static final class NotifyUpdate {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This CacheReplicator replicator,
        @Advice.FieldValue("replicateUpdates") boolean replicated,
        @Advice.FieldValue("replicateUpdatesViaCopy") boolean copied,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      if (replicated
          && replicator.alive()
          && !(copied ? element.isSerializable() : element.isKeySerializable())) {
        TransportBridge.unserializable(
            TransportEvents.JGROUPS, cache.getCacheEventNotificationService(), cache);
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
            TransportEvents.JGROUPS, cache.getCacheEventNotificationService(), cache);
      }
    }
  }

  static final class HandOver {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object replicator,
        @Advice.FieldValue("asynchronousReplicationInterval") long interval,
        @Advice.Argument(0) Ehcache cache) {
      if (!TransportBridge.knows(replicator)) {
        TransportBridge.replicating(
            TransportEvents.JGROUPS,
            cache.getCacheEventNotificationService(),
            cache,
            cache.getName(),
            cache.getCacheManager().getName(),
            replicator,
            interval >= 0);
      }
      TransportBridge.handingOver(replicator, 1);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      TransportBridge.handedOver(failure);
    }
  }

  /**
   * Counted before it is put there: the timer's thread may be faster than this one. Changes come
   * here one by one, what answers a bootstrap many at once.
   */
  static final class Enqueue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable String enter(
        @Advice.This Object peer,
        @Advice.FieldValue("alive") boolean alive,
        @Advice.Argument(1) List<?> messages) {
      if (messages != null && messages.size() == 1) {
        JGroupEventMessage message = (JGroupEventMessage) messages.get(0);
        if (message.getEvent() <= 3) {
          String cache = message.getCacheName();
          if (!alive) {
            TransportBridge.groupRefused(peer, cache);
          } else if (message.isAsync()) {
            TransportBridge.groupQueueing(peer, cache);
            return cache;
          }
        }
      }
      return null;
    }

    /** The timer that is to empty the queue refuses an interval of 0, and after an error any. */
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(
        @Advice.This Object peer,
        @Advice.Enter @Nullable String queued,
        @Advice.Thrown Throwable failure) {
      if (queued != null && failure != null) {
        TransportBridge.groupUnqueued(peer, queued);
      }
    }
  }

  static final class Flush {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      TransportBridge.groupFlushed(failure);
    }
  }

  /** Up to a hundred changes from a queue, or one; or what answers a bootstrap, a linked list. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object peer, @Advice.Argument(1) List<?> messages) {
      int number = messages.size();
      if (number > 0 && ((JGroupEventMessage) messages.get(0)).getEvent() <= 3) {
        for (int i = 0; i < number; i++) {
          JGroupEventMessage message = (JGroupEventMessage) messages.get(i);
          // 0 is PUT, 1 REMOVE, 3 REMOVE_ALL.
          int event = message.getEvent();
          TransportBridge.groupHanding(
              peer,
              message.getCacheName(),
              event == 0
                  ? CacheEvents.PUT
                  : event == 1 ? CacheEvents.REMOVE : CacheEvents.REMOVE_ALL);
        }
        TransportBridge.sending(TransportEvents.JGROUPS);
      }
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      TransportBridge.sent(failure);
    }
  }

  static final class Leave {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object peer) {
      TransportBridge.peerDisposing(peer);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object peer) {
      TransportBridge.groupDisposed(peer);
    }
  }

  /** Of one that was not held anyway, too; not of a cache that there is not. */
  static final class Receive {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("cacheManager") CacheManager manager,
        @Advice.Argument(0) JGroupEventMessage message,
        @Advice.Argument(1) String name) {
      Ehcache cache = manager.getEhcache(name);
      int event = message.getEvent();
      if (cache != null && (event == 0 ? message.getElement() != null : event == 1 || event == 3)) {
        TransportBridge.received(
            TransportEvents.JGROUPS,
            cache.getCacheEventNotificationService(),
            cache,
            event == 0
                ? CacheEvents.PUT
                : event == 1 ? CacheEvents.REMOVE : CacheEvents.REMOVE_ALL);
      }
    }
  }
}
