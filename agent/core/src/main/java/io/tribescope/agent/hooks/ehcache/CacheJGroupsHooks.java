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
import java.util.Queue;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.distribution.jgroups.JGroupEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A change's way to a group of JGroups and from it. All caches of a manager share one peer, which
 * has one queue for each interval, and sends up to a hundred changes of them in one message. Events
 * above REMOVE_ALL are a bootstrap's.
 */
public final class CacheJGroupsHooks {
  private static final String PACKAGE = "net.sf.ehcache.distribution.jgroups.";
  private static final String REPLICATOR = PACKAGE + "JGroupsCacheReplicator";
  private static final String PEER = PACKAGE + "JGroupsCachePeer";
  private static final ElementMatcher<MethodDescription> OF_CACHE =
      takesArgument(0, named("net.sf.ehcache.Ehcache"));

  /** A change that was collected is passed over by the method, and only its log knows. */
  private static final BodyReports VALIDITY_CHECKS =
      BodyReports.of(
          CallReport.ofCheck(
              "net/sf/ehcache/distribution/jgroups/JGroupEventMessage",
              "isValid",
              "getCacheName",
              "groupPolled"));

  /** Serialization runs code of the application's: what is caught around it is reported as that. */
  private static final BodyReports SENDING_FAILURES =
      BodyReports.of(
          new HandlerReport("sendingFailed", "objectToByteBuffer", "serializationFailed"));

  private CacheJGroupsHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
            "cache-jgroups-hand",
            REPLICATOR,
            named("sendNotification").and(OF_CACHE),
            "ehcache.CacheJGroupsHooks$HandOver"),
        new Hook(
            "cache-jgroups-enqueue",
            PEER,
            named("send").and(takesArguments(2)).and(takesArgument(1, List.class)),
            "ehcache.CacheJGroupsHooks$Enqueue"),
        new Hook(
                "cache-jgroups-batch",
                PEER,
                named("flushQueue").and(takesArguments(Queue.class)),
                "ehcache.CacheJGroupsHooks$Flush")
            .with(VALIDITY_CHECKS),
        new Hook(
                "cache-jgroups-send",
                PEER,
                named("sendData").and(takesArguments(2)).and(takesArgument(1, List.class)),
                "ehcache.CacheJGroupsHooks$Send")
            .with(SENDING_FAILURES),
        new Hook(
            "cache-jgroups-leave",
            PEER,
            named("dispose").and(takesArguments(0)),
            "ehcache.CacheJGroupsHooks$Leave"),
        new Hook(
            "cache-jgroups-receive",
            PACKAGE + "JGroupsCacheReceiver",
            named("handleEhcacheNotification").and(takesArguments(2)),
            "ehcache.CacheJGroupsHooks$Receive"));
  }

  static final class HandOver {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(
        @Advice.This Object replicator,
        @Advice.FieldValue("asynchronousReplicationInterval") long interval,
        @Advice.Argument(0) Ehcache cache) {
      if (!Bridge.transports().knows(replicator)) {
        Guarded.replicating(
            TransportEvents.JGROUPS,
            cache.getCacheEventNotificationService(),
            cache,
            cache.getName(),
            cache.getCacheManager().getName(),
            replicator,
            interval >= 0,
            "cache-jgroups-hand");
      }
      return Bridge.transports().handingOver(replicator, 1);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.transports().handedOver(begun, failure);
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
            Bridge.groups().groupRefused(peer, cache);
          } else if (message.isAsync()) {
            Bridge.groups().groupQueueing(peer, cache);
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
        Bridge.groups().groupUnqueued(peer, queued);
      }
    }
  }

  static final class Flush {
    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      Bridge.groups().groupFlushed(failure);
    }
  }

  /** Up to a hundred changes from a queue, or one; or what answers a bootstrap, a linked list. */
  static final class Send {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.This Object peer, @Advice.Argument(1) List<?> messages) {
      int number = messages.size();
      if (number == 0 || ((JGroupEventMessage) messages.get(0)).getEvent() > 3) {
        return null;
      }
      for (int i = 0; i < number; i++) {
        JGroupEventMessage message = (JGroupEventMessage) messages.get(i);
        Guarded.groupHanding(
            peer, message.getCacheName(), CacheOperation.ofEvent(message.getEvent()));
      }
      return Bridge.transports().sending(TransportEvents.JGROUPS);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.transports().sent(begun, failure);
    }
  }

  static final class Leave {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object peer) {
      Bridge.transports().peerDisposing(peer);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.This Object peer) {
      Bridge.groups().groupDisposed(peer);
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
        Bridge.transports()
            .received(
                TransportEvents.JGROUPS,
                cache.getCacheEventNotificationService(),
                cache,
                CacheOperation.ofEvent(event));
      }
    }
  }
}
