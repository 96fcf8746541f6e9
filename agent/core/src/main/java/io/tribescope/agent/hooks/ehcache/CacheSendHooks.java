package io.tribescope.agent.hooks.ehcache;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.hooks.weaving.BodyReports;
import io.tribescope.agent.hooks.weaving.CallReport;
import io.tribescope.agent.hooks.weaving.HandlerReport;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.distribution.RmiEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * A change's way to its peers over RMI: into the queue of the asynchronous replicator and out of
 * it, and to each peer. Ehcache sends from Ehcache 2.5 on by {@code writeReplicationQueue}, a batch
 * at a time, and before by {@code flushReplicationQueue}, all at once.
 */
public final class CacheSendHooks {
  private static final String SYNCHRONOUS =
      "net.sf.ehcache.distribution.RMISynchronousCacheReplicator";
  private static final String ASYNCHRONOUS =
      "net.sf.ehcache.distribution.RMIAsynchronousCacheReplicator";
  private static final String CACHE = "net.sf.ehcache.Ehcache";

  private static final ElementMatcher<TypeDescription> IN_BATCHES =
      declaresMethod(named("writeReplicationQueue"));

  /**
   * The calls that a replicator's method makes of its peers, which advice cannot see: they stand in
   * a loop, and the method swallows what they throw.
   */
  private static final BodyReports PEER_CALLS =
      BodyReports.of(
              CallReport.around(
                  "net/sf/ehcache/distribution/CachePeer",
                  Arrays.asList("put", "remove", "removeAll", "send"),
                  "peerCalling",
                  "peerCalled"))
          .and(new HandlerReport("peerFailed"));

  /**
   * What is taken from a queue all at once: the list, where it is about to be cleared for the first
   * time, under the lock that whoever adds to it takes. Other lists that are cleared later are
   * none.
   */
  private static final CallReport QUEUE_DRAIN =
      CallReport.beforeFirst("java/util/List", "clear", "drained");

  /** An entry whose content was collected is passed over by the method, and only its log knows. */
  private static final BodyReports QUEUE_POLLS =
      BodyReports.of(CallReport.after("java/util/Queue", "poll", "polled"));

  private CacheSendHooks() {}

  public static List<Hook> all() {
    return Arrays.asList(
        new Hook(
                "cache-send-put",
                SYNCHRONOUS,
                named("replicatePutNotification").and(takesArgument(0, named(CACHE))),
                "ehcache.CacheSendHooks$SendPut")
            .with(PEER_CALLS),
        new Hook(
                "cache-send-remove",
                SYNCHRONOUS,
                named("replicateRemovalNotification").and(takesArgument(0, named(CACHE))),
                "ehcache.CacheSendHooks$SendRemove")
            .with(PEER_CALLS),
        new Hook(
                "cache-send-remove-all",
                SYNCHRONOUS,
                named("replicateRemoveAllNotification").and(takesArgument(0, named(CACHE))),
                "ehcache.CacheSendHooks$SendRemoveAll")
            .with(PEER_CALLS),
        new Hook(
            "cache-peers-list",
            SYNCHRONOUS,
            named("listRemoteCachePeers").and(takesArgument(0, named(CACHE))),
            "ehcache.CacheSendHooks$ListPeers"),
        new Hook(
            "cache-enqueue",
            ASYNCHRONOUS,
            named("addToReplicationQueue").and(takesArguments(1)),
            "ehcache.CacheSendHooks$Enqueue"),
        new Hook(
                "cache-send-batch",
                ASYNCHRONOUS,
                named("writeReplicationQueue").and(takesArguments(0)),
                "ehcache.CacheSendHooks$SendBatch")
            .with(PEER_CALLS)
            .in(IN_BATCHES),
        new Hook(
                "cache-send-batch",
                ASYNCHRONOUS,
                named("flushReplicationQueue").and(takesArguments(0)),
                "ehcache.CacheSendHooks$SendBatch")
            .with(PEER_CALLS.and(QUEUE_DRAIN))
            .in(not(IN_BATCHES)),
        new Hook(
                "cache-batch",
                ASYNCHRONOUS,
                named("extractEventMessages").and(takesArguments(int.class)),
                "ehcache.CacheSendHooks$TakeBatch")
            .with(QUEUE_POLLS)
            .in(IN_BATCHES),
        new Hook(
                "cache-batch",
                "net.sf.ehcache.distribution.EventMessage",
                named("isValid").and(takesArguments(0)),
                "ehcache.CacheSendHooks$ResolveMessage")
            .in(declaresMethod(named("isValid"))),
        new Hook(
            "cache-replicator-dispose",
            ASYNCHRONOUS,
            named("dispose").and(takesArguments(0)),
            "ehcache.CacheSendHooks$Dispose"));
  }

  static final class SendPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.Argument(0) Ehcache cache) {
      return Bridge.cacheSending()
          .propagating(cache.getCacheEventNotificationService(), CacheOperation.PUT);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.cacheSending().propagated(begun, failure);
    }
  }

  static final class SendRemove {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.Argument(0) Ehcache cache) {
      return Bridge.cacheSending()
          .propagating(cache.getCacheEventNotificationService(), CacheOperation.REMOVE);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.cacheSending().propagated(begun, failure);
    }
  }

  static final class SendRemoveAll {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.Argument(0) Ehcache cache) {
      return Bridge.cacheSending()
          .propagating(cache.getCacheEventNotificationService(), CacheOperation.REMOVE_ALL);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.cacheSending().propagated(begun, failure);
    }
  }

  static final class ListPeers {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return List<?> peers) {
      Bridge.cacheSending().peersListed(peers.size());
    }
  }

  /** Counted before it is put there: the replication thread may be faster than this one. */
  static final class Enqueue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object replicator, @Advice.FieldValue("replicationThread") Thread thread) {
      if (thread.isAlive()) {
        Bridge.cacheSending().enqueueing(replicator);
      } else {
        Bridge.cacheSending().enqueueRefused(replicator);
      }
    }
  }

  static final class SendBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Notes enter(@Advice.This Object replicator) {
      return Bridge.cacheSending().batchPropagating(replicator);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Notes begun, @Advice.Thrown Throwable failure) {
      Bridge.cacheSending().propagated(begun, failure);
    }
  }

  static final class TakeBatch {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return List<?> batch) {
      for (int i = 0; i < batch.size(); i++) {
        Guarded.batched(((RmiEventMessage) batch.get(i)).getType().ordinal());
      }
    }
  }

  /** Ehcache 2.4 and earlier ask each message, once, whether its element is still there. */
  static final class ResolveMessage {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("event") int event, @Advice.Return boolean valid) {
      Bridge.cacheSending().resolved(CacheOperation.ofEvent(event), valid);
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
}
