package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where woven code finds the agent. Each subject's events go to the recording that is connected,
 * and nowhere until then. Thread-safe; takes no lock and allocates nothing, failures apart.
 *
 * <p>What an event throws ends its advice, and the handler that is woven into every advice passes
 * it to {@link #failed}. Some calls must not end what stands around them, and go by a guarded
 * method of this class: those in a loop or before another event, which is true all the same; and
 * those in the midst of a method's own instructions, which no handler surrounds. A {@code hook} is
 * the name of that in which the call stands, for what the event throws to be counted.
 */
public final class Bridge {
  private static final HookFailures FAILURES = new HookFailures();

  private static volatile LifecycleEvents lifecycle = LifecycleEvents.NONE;
  private static volatile SubmitEvents submitting = SubmitEvents.NONE;
  private static volatile TransmitEvents transmitting = TransmitEvents.NONE;
  private static volatile ReceiveEvents receiving = ReceiveEvents.NONE;
  private static volatile ApplyEvents applying = ApplyEvents.NONE;
  private static volatile TransferEvents transfers = TransferEvents.NONE;
  private static volatile SessionEvents sessions = SessionEvents.NONE;
  private static volatile RequestEvents requests = RequestEvents.NONE;
  private static volatile MembershipEvents membership = MembershipEvents.NONE;
  private static volatile ReceiverEvents receivers = ReceiverEvents.NONE;
  private static volatile QueueEvents queues = QueueEvents.NONE;
  private static volatile AttributeEvents attributes = AttributeEvents.NONE;
  private static volatile CacheEvents caches = CacheEvents.NONE;
  private static volatile CacheSendEvents cacheSending = CacheSendEvents.NONE;
  private static volatile CacheReceiveEvents cacheReceiving = CacheReceiveEvents.NONE;
  private static volatile CachePeerEvents cachePeers = CachePeerEvents.NONE;
  private static volatile CacheBootstrapEvents cacheBootstraps = CacheBootstrapEvents.NONE;
  private static volatile TransportEvents transports = TransportEvents.NONE;
  private static volatile GroupEvents groups = GroupEvents.NONE;
  private static volatile FailureEvents failing = FailureEvents.NONE;

  private Bridge() {}

  public static LifecycleEvents lifecycle() {
    return lifecycle;
  }

  public static void connect(LifecycleEvents target) {
    lifecycle = target;
  }

  public static SubmitEvents submitting() {
    return submitting;
  }

  public static void connect(SubmitEvents target) {
    submitting = target;
  }

  public static TransmitEvents transmitting() {
    return transmitting;
  }

  public static void connect(TransmitEvents target) {
    transmitting = target;
  }

  public static ReceiveEvents receiving() {
    return receiving;
  }

  public static void connect(ReceiveEvents target) {
    receiving = target;
  }

  public static ApplyEvents applying() {
    return applying;
  }

  public static void connect(ApplyEvents target) {
    applying = target;
  }

  public static TransferEvents transfers() {
    return transfers;
  }

  public static void connect(TransferEvents target) {
    transfers = target;
  }

  public static SessionEvents sessions() {
    return sessions;
  }

  public static void connect(SessionEvents target) {
    sessions = target;
  }

  public static RequestEvents requests() {
    return requests;
  }

  public static void connect(RequestEvents target) {
    requests = target;
  }

  public static MembershipEvents membership() {
    return membership;
  }

  public static void connect(MembershipEvents target) {
    membership = target;
  }

  public static ReceiverEvents receivers() {
    return receivers;
  }

  public static void connect(ReceiverEvents target) {
    receivers = target;
  }

  public static QueueEvents queues() {
    return queues;
  }

  public static void connect(QueueEvents target) {
    queues = target;
  }

  public static AttributeEvents attributes() {
    return attributes;
  }

  public static void connect(AttributeEvents target) {
    attributes = target;
  }

  public static CacheEvents caches() {
    return caches;
  }

  public static void connect(CacheEvents target) {
    caches = target;
  }

  public static CacheSendEvents cacheSending() {
    return cacheSending;
  }

  public static void connect(CacheSendEvents target) {
    cacheSending = target;
  }

  public static CacheReceiveEvents cacheReceiving() {
    return cacheReceiving;
  }

  public static void connect(CacheReceiveEvents target) {
    cacheReceiving = target;
  }

  public static CachePeerEvents cachePeers() {
    return cachePeers;
  }

  public static void connect(CachePeerEvents target) {
    cachePeers = target;
  }

  public static CacheBootstrapEvents cacheBootstraps() {
    return cacheBootstraps;
  }

  public static void connect(CacheBootstrapEvents target) {
    cacheBootstraps = target;
  }

  public static TransportEvents transports() {
    return transports;
  }

  public static void connect(TransportEvents target) {
    transports = target;
  }

  public static GroupEvents groups() {
    return groups;
  }

  public static void connect(GroupEvents target) {
    groups = target;
  }

  public static FailureEvents failing() {
    return failing;
  }

  public static void connect(FailureEvents target) {
    failing = target;
  }

  /** Counts what was thrown in an advice for the hook of that name, and tells of it. */
  public static void failed(Throwable failure, String hook) {
    FAILURES.add(failure, hook);
    try {
      failing.hookFailed(hook);
    } catch (Throwable again) {
      // The failure is counted; nothing more can be done, and Tomcat must not notice.
    }
  }

  /** How often the hook of that name failed since the start of the JVM. */
  public static long failures(String hook) {
    return FAILURES.count(hook);
  }

  /** What went wrong first in that hook, with where, as text; null while nothing has. */
  public static @Nullable String firstFailure(String hook) {
    return FAILURES.first(hook);
  }

  /** {@link TransmitEvents#transmittingTo}, guarded: in a loop. */
  public static void transmittingTo(@Nullable Notes begun, byte[] host, int port) {
    try {
      transmitting.transmittingTo(begun, host, port);
    } catch (Throwable t) {
      failed(t, "transmit");
    }
  }

  /** {@link TransmitEvents#transmissionFailed}, guarded: in a loop. */
  public static void transmissionFailed(
      @Nullable Notes begun, byte[] host, int port, @Nullable Throwable cause) {
    try {
      transmitting.transmissionFailed(begun, host, port, cause);
    } catch (Throwable t) {
      failed(t, "transmit");
    }
  }

  /**
   * {@link ReceiveEvents#probeReceived}, guarded: beside an event that must not be lost with it.
   */
  public static void probeReceived(
      Object channel, byte[] host, int port, byte[] buffer, int length) {
    try {
      receiving.probeReceived(channel, host, port, buffer, length);
    } catch (Throwable t) {
      failed(t, "channel-receive");
    }
  }

  /**
   * {@link ApplyEvents#sessionMessageHandled}, guarded: beside an event that must not be lost with
   * it.
   */
  public static void sessionMessageHandled(@Nullable Throwable failure) {
    try {
      applying.sessionMessageHandled(failure);
    } catch (Throwable t) {
      failed(t, "state-handle");
    }
  }

  /** {@link TransferEvents#sessionGiving}, guarded: in a loop. */
  public static void sessionGiving(
      Object channel, String context, byte[] host, int port, String id) {
    try {
      transfers.sessionGiving(channel, context, host, port, id);
    } catch (Throwable t) {
      failed(t, "state-give");
    }
  }

  /** {@link CacheSendEvents#polled}, guarded: in the midst of a method. */
  public static void polled(@Nullable Object queued, String hook) {
    try {
      cacheSending.polled(queued);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#drained}, guarded: in the midst of a method. */
  public static void drained(List<?> changes, String hook) {
    try {
      cacheSending.drained(changes);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#batched}, guarded: in a loop. */
  public static void batched(int operation) {
    try {
      cacheSending.batched(operation);
    } catch (Throwable t) {
      failed(t, "cache-batch");
    }
  }

  /** {@link CacheSendEvents#peerCalling}, guarded: in the midst of a method. */
  public static void peerCalling(Object peer, String hook) {
    try {
      cacheSending.peerCalling(peer);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#peerCalled}, guarded: in the midst of a method. */
  public static void peerCalled(String hook) {
    try {
      cacheSending.peerCalled();
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#peerFailed}, guarded: in the midst of a method. */
  public static void peerFailed(Throwable failure, String hook) {
    try {
      cacheSending.peerFailed(failure);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /**
   * {@link TransportEvents#replicating}, guarded: before a change that is handed over all the same.
   */
  public static void replicating(
      int transport,
      Object listeners,
      Object cache,
      String name,
      String manager,
      Object replicator,
      boolean queues,
      String hook) {
    try {
      transports.replicating(transport, listeners, cache, name, manager, replicator, queues);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link TransportEvents#queueDrained}, guarded: in the midst of a method. */
  public static void queueDrained(List<?> changes, String hook) {
    try {
      transports.queueDrained(changes);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link TransportEvents#handing}, guarded: in a loop. */
  public static void handing(Object peer, String cache, int operation, boolean collected) {
    try {
      transports.handing(peer, cache, operation, collected);
    } catch (Throwable t) {
      failed(t, "cache-jms-send");
    }
  }

  /** {@link TransportEvents#sendingFailed}, guarded: in the midst of a method. */
  public static void sendingFailed(Throwable failure, String hook) {
    try {
      transports.sendingFailed(failure);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link TransportEvents#serializationFailed}, guarded: in the midst of a method. */
  public static void serializationFailed(Throwable failure, String hook) {
    try {
      transports.serializationFailed(failure);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link GroupEvents#groupPolled}, guarded: in the midst of a method. */
  public static void groupPolled(String cache, boolean valid, Object peer, String hook) {
    try {
      groups.groupPolled(cache, valid, peer);
    } catch (Throwable t) {
      failed(t, hook);
    }
  }

  /** {@link GroupEvents#groupHanding}, guarded: in a loop. */
  public static void groupHanding(Object peer, String cache, int operation) {
    try {
      groups.groupHanding(peer, cache, operation);
    } catch (Throwable t) {
      failed(t, "cache-jgroups-send");
    }
  }
}
