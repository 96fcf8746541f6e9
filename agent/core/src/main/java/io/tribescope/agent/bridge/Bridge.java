package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/**
 * Where woven code finds the agent. Each subject's events go to the recording that is connected,
 * and nowhere until then. Thread-safe; takes no lock and allocates nothing, failures apart.
 *
 * <p>What an event throws ends its advice, and the handler that is woven into every advice passes
 * it to {@link #failed}. Where that would end too much the event goes by {@link Guarded}.
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
}
