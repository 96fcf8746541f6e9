package io.tribescope.agent.bridge;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The only class of the agent that Tomcat's code refers to ({@link CacheBridge} is Ehcache's).
 * Every method passes an event on, and keeps whatever goes wrong from the caller: a failure is
 * counted for its family of hooks and nothing else happens. Thread-safe; takes no lock and
 * allocates nothing.
 */
public final class Bridge {
  /** The families of hooks whose failures are counted. */
  public enum Family {
    LIFECYCLE,
    SUBMIT,
    TRANSMIT,
    RECEIVE,
    APPLY,
    TRANSFER,
    SESSION,
    REQUEST,
    FAILOVER,
    MEMBERSHIP,
    RECEIVER,
    QUEUE,
    ATTRIBUTE,
    CACHE_EVENT,
    CACHE_SEND,
    CACHE_RECEIVE,
    CACHE_PEER,
    CACHE_BOOTSTRAP
  }

  private static final AtomicLongArray ERRORS = new AtomicLongArray(Family.values().length);
  private static final AtomicReferenceArray<String> FIRST_FAILURES =
      new AtomicReferenceArray<>(Family.values().length);
  private static volatile Events events = Events.NONE;

  private Bridge() {}

  /** Directs all events to {@code target} from now on. */
  public static void connect(Events target) {
    events = target;
  }

  /** How often an event of that family failed in the agent, since the start of the JVM. */
  public static long errors(Family family) {
    return ERRORS.get(family.ordinal());
  }

  /**
   * What went wrong first in that family, with where; null while nothing has. Text, so that nothing
   * of what failed is kept.
   */
  public static @Nullable String firstFailure(Family family) {
    return FIRST_FAILURES.get(family.ordinal());
  }

  static void failed(Throwable failure, Family family) {
    if (ERRORS.getAndIncrement(family.ordinal()) == 0) {
      try {
        StackTraceElement[] trace = failure.getStackTrace();
        FIRST_FAILURES.set(
            family.ordinal(), failure + (trace.length == 0 ? "" : " at " + trace[0]));
      } catch (Throwable again) {
        // Counted already; there is nothing more to be said of it.
      }
    }
  }

  public static void clusterStarting(Object cluster) {
    try {
      events.clusterStarting(cluster);
    } catch (Throwable t) {
      failed(t, Family.LIFECYCLE);
    }
  }

  public static void channelStarting(Object channel) {
    try {
      events.channelStarting(channel);
    } catch (Throwable t) {
      failed(t, Family.LIFECYCLE);
    }
  }

  public static void channelStarted(Object channel, byte[] host, int port) {
    try {
      events.channelStarted(channel, host, port);
    } catch (Throwable t) {
      failed(t, Family.LIFECYCLE);
    }
  }

  public static void channelStopped(Object channel) {
    try {
      events.channelStopped(channel);
    } catch (Throwable t) {
      failed(t, Family.LIFECYCLE);
    }
  }

  public static void clusterSending(
      Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {
    try {
      events.clusterSending(channel, sessionEvent, context, id);
    } catch (Throwable t) {
      failed(t, Family.SUBMIT);
    }
  }

  public static void clusterSent(Object channel) {
    try {
      events.clusterSent(channel);
    } catch (Throwable t) {
      failed(t, Family.SUBMIT);
    }
  }

  public static void channelSending(boolean map) {
    try {
      events.channelSending(map);
    } catch (Throwable t) {
      failed(t, Family.SUBMIT);
    }
  }

  public static void channelSent(boolean failed) {
    try {
      events.channelSent(failed);
    } catch (Throwable t) {
      failed(t, Family.SUBMIT);
    }
  }

  public static void messageIdentified(byte[] uniqueId) {
    try {
      events.messageIdentified(uniqueId);
    } catch (Throwable t) {
      failed(t, Family.SUBMIT);
    }
  }

  public static void transmitting(
      byte[] localHost, int localPort, byte[] uniqueId, long timestamp, int options, int bytes) {
    try {
      events.transmitting(localHost, localPort, uniqueId, timestamp, options, bytes);
    } catch (Throwable t) {
      failed(t, Family.TRANSMIT);
    }
  }

  public static void transmittingTo(byte[] host, int port) {
    try {
      events.transmittingTo(host, port);
    } catch (Throwable t) {
      failed(t, Family.TRANSMIT);
    }
  }

  public static void transmissionWritten(byte[] host, int port) {
    try {
      events.transmissionWritten(host, port);
    } catch (Throwable t) {
      failed(t, Family.TRANSMIT);
    }
  }

  public static void transmissionCompleted(byte[] host, int port) {
    try {
      events.transmissionCompleted(host, port);
    } catch (Throwable t) {
      failed(t, Family.TRANSMIT);
    }
  }

  public static void transmissionFailed(byte[] host, int port, Throwable cause) {
    try {
      events.transmissionFailed(host, port, cause);
    } catch (Throwable t) {
      failed(t, Family.TRANSMIT);
    }
  }

  public static void transmitted(Throwable failure) {
    try {
      events.transmitted(failure);
    } catch (Throwable t) {
      failed(t, Family.TRANSMIT);
    }
  }

  public static void received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    try {
      events.received(channel, host, port, uniqueId, timestamp, bytes);
    } catch (Throwable t) {
      failed(t, Family.RECEIVE);
    }
  }

  public static void probeReceived(Object channel, byte[] host, int port, byte[] payload) {
    try {
      events.probeReceived(channel, host, port, payload);
    } catch (Throwable t) {
      failed(t, Family.RECEIVE);
    }
  }

  public static void undeserializable() {
    try {
      events.undeserializable();
    } catch (Throwable t) {
      failed(t, Family.RECEIVE);
    }
  }

  public static void mapReceived() {
    try {
      events.mapReceived();
    } catch (Throwable t) {
      failed(t, Family.RECEIVE);
    }
  }

  public static void clusterReceived(int sessionEvent) {
    try {
      events.clusterReceived(sessionEvent);
    } catch (Throwable t) {
      failed(t, Family.RECEIVE);
    }
  }

  public static void managerReached() {
    try {
      events.managerReached();
    } catch (Throwable t) {
      failed(t, Family.APPLY);
    }
  }

  public static void managerReturned() {
    try {
      events.managerReturned();
    } catch (Throwable t) {
      failed(t, Family.APPLY);
    }
  }

  public static void stateTransferStarting(
      Object channel, Object manager, String context, String jvmRoute) {
    try {
      events.stateTransferStarting(channel, manager, context, jvmRoute);
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void stateTransferEnded(Object channel, String context) {
    try {
      events.stateTransferEnded(channel, context);
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void stateMessageHandled(
      Object channel, String context, int sessionEvent, Throwable failure) {
    try {
      events.stateMessageHandled(channel, context, sessionEvent, failure);
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void sessionsGiving(
      Object channel, String context, byte[] host, int port, int sessions) {
    try {
      events.sessionsGiving(channel, context, host, port, sessions);
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void sessionGiving(
      Object channel, String context, byte[] host, int port, String id) {
    try {
      events.sessionGiving(channel, context, host, port, id);
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void sessionsGiven() {
    try {
      events.sessionsGiven();
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void managerStopped(Object channel, String context) {
    try {
      events.managerStopped(channel, context);
    } catch (Throwable t) {
      failed(t, Family.TRANSFER);
    }
  }

  public static void sessionCreated(Object channel, String context, String id) {
    try {
      events.sessionCreated(channel, context, id);
    } catch (Throwable t) {
      failed(t, Family.SESSION);
    }
  }

  public static void sessionRenaming(Object channel, String context, String from, String to) {
    try {
      events.sessionRenaming(channel, context, from, to);
    } catch (Throwable t) {
      failed(t, Family.SESSION);
    }
  }

  public static void sessionTaken(Object channel, String context, String id) {
    try {
      events.sessionTaken(channel, context, id);
    } catch (Throwable t) {
      failed(t, Family.SESSION);
    }
  }

  public static void sessionExpired(Object channel, String context, String id) {
    try {
      events.sessionExpired(channel, context, id);
    } catch (Throwable t) {
      failed(t, Family.SESSION);
    }
  }

  public static boolean isForeign(Object channel, String context, String id) {
    try {
      return events.isForeign(channel, context, id);
    } catch (Throwable t) {
      failed(t, Family.FAILOVER);
      return false;
    }
  }

  public static void failedOver(
      Object channel, String context, String id, boolean found, boolean lapsed) {
    try {
      events.failedOver(channel, context, id, found, lapsed);
    } catch (Throwable t) {
      failed(t, Family.FAILOVER);
    }
  }

  public static void requestEnding() {
    try {
      events.requestEnding();
    } catch (Throwable t) {
      failed(t, Family.REQUEST);
    }
  }

  public static void requestCompleting(Object channel, String context) {
    try {
      events.requestCompleting(channel, context);
    } catch (Throwable t) {
      failed(t, Family.REQUEST);
    }
  }

  public static void deltaSerialized(int bytes, Throwable failure) {
    try {
      events.deltaSerialized(bytes, failure);
    } catch (Throwable t) {
      failed(t, Family.REQUEST);
    }
  }

  public static void requestEnded() {
    try {
      events.requestEnded();
    } catch (Throwable t) {
      failed(t, Family.REQUEST);
    }
  }

  public static void requestUnsent(Object channel, String context, String id, boolean changed) {
    try {
      events.requestUnsent(channel, context, id, changed);
    } catch (Throwable t) {
      failed(t, Family.REQUEST);
    }
  }

  public static void sessionMessageHandling(
      Object channel, String context, byte[] host, int port, int sessionEvent, String id) {
    try {
      events.sessionMessageHandling(channel, context, host, port, sessionEvent, id);
    } catch (Throwable t) {
      failed(t, Family.APPLY);
    }
  }

  public static void sessionMessageDone() {
    try {
      events.sessionMessageDone();
    } catch (Throwable t) {
      failed(t, Family.APPLY);
    }
  }

  public static void sessionMet() {
    try {
      events.sessionMet();
    } catch (Throwable t) {
      failed(t, Family.APPLY);
    }
  }

  public static void sessionMessageHandled(Throwable failure) {
    try {
      events.sessionMessageHandled(failure);
    } catch (Throwable t) {
      failed(t, Family.APPLY);
    }
  }

  public static void receiveEnded() {
    try {
      events.receiveEnded();
    } catch (Throwable t) {
      failed(t, Family.RECEIVE);
    }
  }

  public static void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {
    try {
      events.memberAdded(channel, host, port, uniqueId);
    } catch (Throwable t) {
      failed(t, Family.MEMBERSHIP);
    }
  }

  public static void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {
    try {
      events.memberDisappeared(channel, host, port, uniqueId, announced);
    } catch (Throwable t) {
      failed(t, Family.MEMBERSHIP);
    }
  }

  public static void memberSuspected(byte[] host, int port) {
    try {
      events.memberSuspected(host, port);
    } catch (Throwable t) {
      failed(t, Family.MEMBERSHIP);
    }
  }

  public static void memberVerified(byte[] host, int port, boolean alive) {
    try {
      events.memberVerified(host, port, alive);
    } catch (Throwable t) {
      failed(t, Family.MEMBERSHIP);
    }
  }

  public static void receiverWaiting() {
    try {
      events.receiverWaiting();
    } catch (Throwable t) {
      failed(t, Family.RECEIVER);
    }
  }

  public static void receiverServed() {
    try {
      events.receiverServed();
    } catch (Throwable t) {
      failed(t, Family.RECEIVER);
    }
  }

  public static void queueing(Object dispatcher, byte[] localHost, int localPort) {
    try {
      events.queueing(dispatcher, localHost, localPort);
    } catch (Throwable t) {
      failed(t, Family.QUEUE);
    }
  }

  public static void queueRefused(Object dispatcher, boolean shutdown) {
    try {
      events.queueRefused(dispatcher, shutdown);
    } catch (Throwable t) {
      failed(t, Family.QUEUE);
    }
  }

  public static void queueTaken(Object dispatcher) {
    try {
      events.queueTaken(dispatcher);
    } catch (Throwable t) {
      failed(t, Family.QUEUE);
    }
  }

  public static void queueStopped(Object dispatcher) {
    try {
      events.queueStopped(dispatcher);
    } catch (Throwable t) {
      failed(t, Family.QUEUE);
    }
  }

  public static void queueFull(byte[] localHost, int localPort, byte[] uniqueId) {
    try {
      events.queueFull(localHost, localPort, uniqueId);
    } catch (Throwable t) {
      failed(t, Family.QUEUE);
    }
  }

  public static void attributeDropped(Object loader, String type) {
    try {
      events.attributeDropped(loader, type);
    } catch (Throwable t) {
      failed(t, Family.ATTRIBUTE);
    }
  }
}
