package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events that must not end what stands around them: those in a loop or before another event, which
 * is true all the same; and those in the midst of a method's own instructions, which no handler
 * surrounds. What one throws is counted and goes no further. A {@code hook} is the name of that in
 * which the call stands. Thread-safe.
 */
public final class Guarded {
  private Guarded() {}

  /** {@link TransmitEvents#transmittingTo}, guarded: in a loop. */
  public static void transmittingTo(@Nullable Notes begun, byte[] host, int port) {
    try {
      Bridge.transmitting().transmittingTo(begun, host, port);
    } catch (Throwable t) {
      Bridge.failed(t, "transmit");
    }
  }

  /** {@link TransmitEvents#transmissionFailed}, guarded: in a loop. */
  public static void transmissionFailed(
      @Nullable Notes begun, byte[] host, int port, @Nullable Throwable cause) {
    try {
      Bridge.transmitting().transmissionFailed(begun, host, port, cause);
    } catch (Throwable t) {
      Bridge.failed(t, "transmit");
    }
  }

  /**
   * {@link ReceiveEvents#probeReceived}, guarded: beside an event that must not be lost with it.
   */
  public static void probeReceived(
      Object channel, byte[] host, int port, byte[] buffer, int length) {
    try {
      Bridge.receiving().probeReceived(channel, host, port, buffer, length);
    } catch (Throwable t) {
      Bridge.failed(t, "channel-receive");
    }
  }

  /**
   * {@link ApplyEvents#sessionMessageHandled}, guarded: beside an event that must not be lost with
   * it.
   */
  public static void sessionMessageHandled(@Nullable Throwable failure) {
    try {
      Bridge.applying().sessionMessageHandled(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "state-handle");
    }
  }

  /** {@link TransferEvents#sessionGiving}, guarded: in a loop. */
  public static void sessionGiving(
      Object channel, String context, byte[] host, int port, String id) {
    try {
      Bridge.transfers().sessionGiving(channel, context, host, port, id);
    } catch (Throwable t) {
      Bridge.failed(t, "state-give");
    }
  }

  /** {@link CacheSendEvents#polled}, guarded: in the midst of a method. */
  public static void polled(@Nullable Object queued, String hook) {
    try {
      Bridge.cacheSending().polled(queued);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#drained}, guarded: in the midst of a method. */
  public static void drained(List<?> changes, String hook) {
    try {
      Bridge.cacheSending().drained(changes);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#batched}, guarded: in a loop. */
  public static void batched(int operation) {
    try {
      Bridge.cacheSending().batched(operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-batch");
    }
  }

  /** {@link CacheSendEvents#peerCalling}, guarded: in the midst of a method. */
  public static void peerCalling(Object peer, String hook) {
    try {
      Bridge.cacheSending().peerCalling(peer);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#peerCalled}, guarded: in the midst of a method. */
  public static void peerCalled(String hook) {
    try {
      Bridge.cacheSending().peerCalled();
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link CacheSendEvents#peerFailed}, guarded: in the midst of a method. */
  public static void peerFailed(Throwable failure, String hook) {
    try {
      Bridge.cacheSending().peerFailed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
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
      Bridge.transports()
          .replicating(transport, listeners, cache, name, manager, replicator, queues);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link TransportEvents#queueDrained}, guarded: in the midst of a method. */
  public static void queueDrained(List<?> changes, String hook) {
    try {
      Bridge.transports().queueDrained(changes);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link TransportEvents#handing}, guarded: in a loop. */
  public static void handing(Object peer, String cache, int operation, boolean collected) {
    try {
      Bridge.transports().handing(peer, cache, operation, collected);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-jms-send");
    }
  }

  /** {@link TransportEvents#sendingFailed}, guarded: in the midst of a method. */
  public static void sendingFailed(Throwable failure, String hook) {
    try {
      Bridge.transports().sendingFailed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link TransportEvents#serializationFailed}, guarded: in the midst of a method. */
  public static void serializationFailed(Throwable failure, String hook) {
    try {
      Bridge.transports().serializationFailed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link GroupEvents#groupPolled}, guarded: in the midst of a method. */
  public static void groupPolled(String cache, boolean valid, Object peer, String hook) {
    try {
      Bridge.groups().groupPolled(cache, valid, peer);
    } catch (Throwable t) {
      Bridge.failed(t, hook);
    }
  }

  /** {@link GroupEvents#groupHanding}, guarded: in a loop. */
  public static void groupHanding(Object peer, String cache, int operation) {
    try {
      Bridge.groups().groupHanding(peer, cache, operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-jgroups-send");
    }
  }
}
