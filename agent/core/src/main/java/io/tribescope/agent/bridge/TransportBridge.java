package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Ehcache's replicators over JMS and JGroups refer to, beside {@link CacheBridge}, and as
 * harmless: what goes wrong is counted for its family and kept from the caller. Thread-safe; takes
 * no lock and allocates nothing.
 */
public final class TransportBridge {
  private static volatile TransportEvents events = TransportEvents.NONE;

  private TransportBridge() {}

  /** Directs all events to {@code target} from now on. */
  public static void connect(TransportEvents target) {
    events = target;
  }

  public static void cacheReplicated(Object listeners, @Nullable Object cache, Object replicator) {
    try {
      events.cacheReplicated(listeners, cache, replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-event");
    }
  }

  public static void unserializable(int transport, Object listeners, Object cache) {
    try {
      events.unserializable(transport, listeners, cache);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static boolean knows(Object replicator) {
    try {
      return events.knows(replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
      return true;
    }
  }

  public static void replicating(
      int transport,
      Object listeners,
      Object cache,
      String name,
      String manager,
      Object replicator,
      boolean queues) {
    try {
      events.replicating(transport, listeners, cache, name, manager, replicator, queues);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void handingOver(Object replicator, int changes) {
    try {
      events.handingOver(replicator, changes);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void drained(List<?> changes) {
    try {
      events.drained(changes);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void handing(Object peer, String cache, int operation, boolean collected) {
    try {
      events.handing(peer, cache, operation, collected);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void handedOver(@Nullable Throwable failure) {
    try {
      events.handedOver(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void sending(int transport) {
    try {
      events.sending(transport);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void sendingFailed(Throwable failure) {
    try {
      events.sendingFailed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void serializationFailed(Throwable failure) {
    try {
      events.serializationFailed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void sent(@Nullable Throwable failure) {
    try {
      events.sent(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupQueueing(Object peer, String cache) {
    try {
      events.groupQueueing(peer, cache);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupUnqueued(Object peer, String cache) {
    try {
      events.groupUnqueued(peer, cache);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupRefused(Object peer, String cache) {
    try {
      events.groupRefused(peer, cache);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupPolled(String cache, boolean valid, Object peer) {
    try {
      events.groupPolled(cache, valid, peer);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupHanding(Object peer, String cache, int operation) {
    try {
      events.groupHanding(peer, cache, operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupFlushed(@Nullable Throwable failure) {
    try {
      events.groupFlushed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void peerDisposing(Object peer) {
    try {
      events.peerDisposing(peer);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void groupDisposed(Object peer) {
    try {
      events.groupDisposed(peer);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void received(int transport, Object listeners, Object cache, int operation) {
    try {
      events.received(transport, listeners, cache, operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-receive");
    }
  }
}
