package io.tribescope.agent.hooks;

import static net.bytebuddy.matcher.ElementMatchers.declaresMethod;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArgument;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import io.tribescope.agent.bridge.CacheBridge;
import io.tribescope.agent.bridge.CacheEvents;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.RMIAsynchronousCacheReplicator;
import net.sf.ehcache.distribution.RMISynchronousCacheReplicator;
import net.sf.ehcache.distribution.RmiEventMessage;

/**
 * A change's way to its peers over RMI: into the queue of the asynchronous replicator and out of
 * it, and to each peer. Ehcache sends from Ehcache 2.5 on by {@code writeReplicationQueue}, a batch
 * at a time, and before by {@code flushReplicationQueue}, all at once.
 */
final class CacheSendHooks {
  private static final String SYNCHRONOUS =
      "net.sf.ehcache.distribution.RMISynchronousCacheReplicator";
  private static final String ASYNCHRONOUS =
      "net.sf.ehcache.distribution.RMIAsynchronousCacheReplicator";
  private static final String CACHE = "net.sf.ehcache.Ehcache";

  private static final ElementMatcher<TypeDescription> IN_BATCHES =
      declaresMethod(named("writeReplicationQueue"));

  private CacheSendHooks() {}

  static List<Hook> all() {
    return Arrays.asList(
        new Hook("cache-notify-put", SYNCHRONOUS, notify("Put"), "CacheSendHooks$NotifyPut"),
        new Hook("cache-notify-put", ASYNCHRONOUS, notify("Put"), "CacheSendHooks$NotifyQueuedPut"),
        new Hook(
            "cache-notify-update", SYNCHRONOUS, notify("Updated"), "CacheSendHooks$NotifyUpdate"),
        new Hook(
            "cache-notify-update", ASYNCHRONOUS, notify("Updated"), "CacheSendHooks$NotifyUpdate"),
        new Hook(
            "cache-notify-remove", SYNCHRONOUS, notify("Removed"), "CacheSendHooks$NotifyRemove"),
        new Hook(
            "cache-notify-remove", ASYNCHRONOUS, notify("Removed"), "CacheSendHooks$NotifyRemove"),
        new Hook(
                "cache-send-put",
                SYNCHRONOUS,
                named("replicatePutNotification").and(takesArgument(0, named(CACHE))),
                "CacheSendHooks$SendPut")
            .with(new PeerCalls()),
        new Hook(
                "cache-send-remove",
                SYNCHRONOUS,
                named("replicateRemovalNotification").and(takesArgument(0, named(CACHE))),
                "CacheSendHooks$SendRemove")
            .with(new PeerCalls()),
        new Hook(
                "cache-send-remove-all",
                SYNCHRONOUS,
                named("replicateRemoveAllNotification").and(takesArgument(0, named(CACHE))),
                "CacheSendHooks$SendRemoveAll")
            .with(new PeerCalls()),
        new Hook(
            "cache-peers-list",
            SYNCHRONOUS,
            named("listRemoteCachePeers").and(takesArgument(0, named(CACHE))),
            "CacheSendHooks$ListPeers"),
        new Hook(
            "cache-enqueue",
            ASYNCHRONOUS,
            named("addToReplicationQueue").and(takesArguments(1)),
            "CacheSendHooks$Enqueue"),
        new Hook(
                "cache-send-batch",
                ASYNCHRONOUS,
                named("writeReplicationQueue").and(takesArguments(0)),
                "CacheSendHooks$SendBatch")
            .with(new PeerCalls())
            .in(IN_BATCHES),
        new Hook(
                "cache-send-batch",
                ASYNCHRONOUS,
                named("flushReplicationQueue").and(takesArguments(0)),
                "CacheSendHooks$SendBatch")
            .with(new PeerCalls().and(new QueueDrains(PeerCalls.BRIDGE)))
            .in(not(IN_BATCHES)),
        new Hook(
                "cache-batch",
                ASYNCHRONOUS,
                named("extractEventMessages").and(takesArguments(int.class)),
                "CacheSendHooks$TakeBatch")
            .with(new QueuePolls())
            .in(IN_BATCHES),
        new Hook(
                "cache-batch",
                "net.sf.ehcache.distribution.EventMessage",
                named("isValid").and(takesArguments(0)),
                "CacheSendHooks$ResolveMessage")
            .in(declaresMethod(named("isValid"))),
        new Hook(
            "cache-replicator-dispose",
            ASYNCHRONOUS,
            named("dispose").and(takesArguments(0)),
            "CacheSendHooks$Dispose"));
  }

  private static ElementMatcher<MethodDescription> notify(String what) {
    return named("notifyElement" + what).and(takesArgument(0, named(CACHE)));
  }

  // A replicator is told of a change. What it passes over with a line in the log, by its own
  // conditions, is lost; and it may have been registered before the agent saw that.

  /** Asks for the whole element even where it sends an invalidation. */
  static final class NotifyPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This RMISynchronousCacheReplicator replicator,
        @Advice.FieldValue("replicatePuts") boolean replicated,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      CacheBridge.replicating(
          cache.getCacheEventNotificationService(),
          cache,
          replicator,
          replicator instanceof RMIAsynchronousCacheReplicator);
      if (replicated && replicator.alive() && !element.isSerializable()) {
        CacheBridge.unserializable(cache.getCacheEventNotificationService());
      }
    }
  }

  static final class NotifyQueuedPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This RMISynchronousCacheReplicator replicator,
        @Advice.FieldValue("replicatePuts") boolean replicated,
        @Advice.FieldValue("replicatePutsViaCopy") boolean copied,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      CacheBridge.replicating(
          cache.getCacheEventNotificationService(),
          cache,
          replicator,
          replicator instanceof RMIAsynchronousCacheReplicator);
      if (replicated
          && replicator.alive()
          && !(copied ? element.isSerializable() : element.isKeySerializable())) {
        CacheBridge.unserializable(cache.getCacheEventNotificationService());
      }
    }
  }

  static final class NotifyUpdate {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This RMISynchronousCacheReplicator replicator,
        @Advice.FieldValue("replicateUpdates") boolean replicated,
        @Advice.FieldValue("replicateUpdatesViaCopy") boolean copied,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      CacheBridge.replicating(
          cache.getCacheEventNotificationService(),
          cache,
          replicator,
          replicator instanceof RMIAsynchronousCacheReplicator);
      if (replicated
          && replicator.alive()
          && !(copied ? element.isSerializable() : element.isKeySerializable())) {
        CacheBridge.unserializable(cache.getCacheEventNotificationService());
      }
    }
  }

  static final class NotifyRemove {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This RMISynchronousCacheReplicator replicator,
        @Advice.FieldValue("replicateRemovals") boolean replicated,
        @Advice.Argument(0) Ehcache cache,
        @Advice.Argument(1) Element element) {
      CacheBridge.replicating(
          cache.getCacheEventNotificationService(),
          cache,
          replicator,
          replicator instanceof RMIAsynchronousCacheReplicator);
      if (replicated && replicator.alive() && !element.isKeySerializable()) {
        CacheBridge.unserializable(cache.getCacheEventNotificationService());
      }
    }
  }

  static final class SendPut {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Ehcache cache) {
      CacheBridge.propagating(cache.getCacheEventNotificationService(), CacheEvents.PUT);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      CacheBridge.propagated(failure);
    }
  }

  static final class SendRemove {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Ehcache cache) {
      CacheBridge.propagating(cache.getCacheEventNotificationService(), CacheEvents.REMOVE);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      CacheBridge.propagated(failure);
    }
  }

  static final class SendRemoveAll {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.Argument(0) Ehcache cache) {
      CacheBridge.propagating(cache.getCacheEventNotificationService(), CacheEvents.REMOVE_ALL);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      CacheBridge.propagated(failure);
    }
  }

  static final class ListPeers {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return List<?> peers) {
      CacheBridge.peersListed(peers.size());
    }
  }

  /** Counted before it is put there: the replication thread may be faster than this one. */
  static final class Enqueue {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(
        @Advice.This Object replicator, @Advice.FieldValue("replicationThread") Thread thread) {
      if (thread.isAlive()) {
        CacheBridge.enqueueing(replicator);
      } else {
        CacheBridge.enqueueRefused(replicator);
      }
    }
  }

  static final class SendBatch {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.This Object replicator) {
      CacheBridge.batchPropagating(replicator);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Thrown Throwable failure) {
      CacheBridge.propagated(failure);
    }
  }

  static final class TakeBatch {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return List<?> batch) {
      for (int i = 0; i < batch.size(); i++) {
        CacheBridge.batched(((RmiEventMessage) batch.get(i)).getType().ordinal());
      }
    }
  }

  /** Ehcache 2.4 and earlier ask each message, once, whether its element is still there. */
  static final class ResolveMessage {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.FieldValue("event") int event, @Advice.Return boolean valid) {
      // 0 is PUT, 1 REMOVE, 3 REMOVE_ALL.
      CacheBridge.resolved(
          event == 0 ? CacheEvents.PUT : event == 1 ? CacheEvents.REMOVE : CacheEvents.REMOVE_ALL,
          valid);
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
}
