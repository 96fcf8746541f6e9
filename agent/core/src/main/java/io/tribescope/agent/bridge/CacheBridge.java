package io.tribescope.agent.bridge;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The only class of the agent that Ehcache's code refers to, and as harmless as {@link Bridge}:
 * what goes wrong is counted for its family and kept from the caller. Thread-safe; takes no lock
 * and allocates nothing.
 */
public final class CacheBridge {
  private static volatile CacheEvents events = CacheEvents.NONE;

  private CacheBridge() {}

  /** Directs all events to {@code target} from now on. */
  public static void connect(CacheEvents target) {
    events = target;
  }

  public static void cacheReplicated(
      Object listeners, @Nullable Object cache, Object replicator, boolean queues) {
    try {
      events.cacheReplicated(listeners, cache, replicator, queues);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-event");
    }
  }

  public static void replicating(
      Object listeners, Object cache, Object replicator, boolean queues) {
    try {
      events.replicating(listeners, cache, replicator, queues);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void cacheChanged(Object listeners, int operation, boolean remote) {
    try {
      events.cacheChanged(listeners, operation, remote);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-event");
    }
  }

  public static void unserializable(Object listeners) {
    try {
      events.unserializable(listeners);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void enqueueing(Object replicator) {
    try {
      events.enqueueing(replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void enqueueRefused(Object replicator) {
    try {
      events.enqueueRefused(replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void propagating(Object listeners, int operation) {
    try {
      events.propagating(listeners, operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void batchPropagating(Object replicator) {
    try {
      events.batchPropagating(replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void polled(@Nullable Object queued) {
    try {
      events.polled(queued);
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

  public static void resolved(int operation, boolean valid) {
    try {
      events.resolved(operation, valid);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void batched(int operation) {
    try {
      events.batched(operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void peersListed(int peers) {
    try {
      events.peersListed(peers);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void peerCalling(Object peer) {
    try {
      events.peerCalling(peer);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void peerCalled() {
    try {
      events.peerCalled();
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void peerFailed(Throwable failure) {
    try {
      events.peerFailed(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void propagated(@Nullable Throwable failure) {
    try {
      events.propagated(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void replicatorDisposing(Object replicator) {
    try {
      events.replicatorDisposing(replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void replicatorDisposed(Object replicator) {
    try {
      events.replicatorDisposed(replicator);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-send");
    }
  }

  public static void peerBound(
      Object listeners, Object cache, String name, String manager, Object peer) {
    try {
      events.peerBound(listeners, cache, name, manager, peer);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-receive");
    }
  }

  public static void batchReceiving() {
    try {
      events.batchReceiving();
    } catch (Throwable t) {
      Bridge.failed(t, "cache-receive");
    }
  }

  public static void batchReceived() {
    try {
      events.batchReceived();
    } catch (Throwable t) {
      Bridge.failed(t, "cache-receive");
    }
  }

  public static void received(Object listeners, Object cache, int operation) {
    try {
      events.received(listeners, cache, operation);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-receive");
    }
  }

  public static void peerLookingUp(String url) {
    try {
      events.peerLookingUp(url);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-peer");
    }
  }

  public static void peerLookedUp(@Nullable Object peer, @Nullable Throwable failure) {
    try {
      events.peerLookedUp(peer, failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-peer");
    }
  }

  public static void heartbeat(Object provider, String url) {
    try {
      events.heartbeat(provider, url);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-peer");
    }
  }

  public static void heartbeatHandled(Object provider, String url) {
    try {
      events.heartbeatHandled(provider, url);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-peer");
    }
  }

  public static void listenerConfigured(Object manager, @Nullable String hostName) {
    try {
      events.listenerConfigured(manager, hostName);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-peer");
    }
  }

  public static void bootstrapping(Object listeners, Object cache) {
    try {
      events.bootstrapping(listeners, cache);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-bootstrap");
    }
  }

  public static void bootstrapPeersFound(int peers) {
    try {
      events.bootstrapPeersFound(peers);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-bootstrap");
    }
  }

  public static void bootstrapped(@Nullable Throwable failure) {
    try {
      events.bootstrapped(failure);
    } catch (Throwable t) {
      Bridge.failed(t, "cache-bootstrap");
    }
  }
}
