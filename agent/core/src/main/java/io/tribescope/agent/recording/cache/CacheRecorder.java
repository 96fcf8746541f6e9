package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.recording.cache.CacheRecords.Replicator;
import io.tribescope.agent.recording.counters.Stripe;
import java.lang.ref.SoftReference;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the hooks in Ehcache report into counts. On the path of every put stands a look-up by
 * identity and an add; what comes more often than once a batch allocates nothing but for a thread,
 * a cache or a peer that is new. A received call asks RMI for the caller's address, a short string
 * beside all that RMI has read.
 */
public final class CacheRecorder extends CacheEvents {
  /** What one thread remembers between hooks of the same call. */
  private static final class Context {
    final Nested<Propagation> propagations;

    /** What the provider is being told of, until it has looked that up; and how that went. */
    @Nullable PeerUrl announced;

    boolean lookUpFailed;
    int lookingUp = -1;

    /** The host whose batch is being applied, or -1. */
    int batchFrom = -1;

    @Nullable CacheRecord bootstrapped;
    long bootstrapNanos;
    int bootstrapPeers;

    Context(CallsInProgress calls) {
      propagations = new Nested<>(() -> new Propagation(calls));
    }
  }

  private final CacheRecords records = new CacheRecords();
  private final PeerHosts hosts = new PeerHosts();
  private final StubHosts stubs = new StubHosts();
  private final CallsInProgress calls = new CallsInProgress();
  private final IdleHosts idle = new IdleHosts(records, hosts, stubs, calls);
  private final ThreadLocal<Context> contexts = ThreadLocal.withInitial(() -> new Context(calls));

  public CacheRecords records() {
    return records;
  }

  CallsInProgress calls() {
    return calls;
  }

  public PeerHosts hosts() {
    return hosts;
  }

  /**
   * Makes room for others: forgets what the application has dropped, and peers that have been
   * silent for a day, where many are known. For one scrape at a time.
   */
  public void makeRoom() {
    records.seekRoom();
    idle.forget(System.nanoTime());
  }

  /**
   * How long that cache has now been waiting for that peer, in seconds; 0 when it is not.
   *
   * @param host the peer's number
   */
  public double callSeconds(CacheRecord cache, int host) {
    return calls.nanos(cache, host, System.nanoTime()) / 1e9;
  }

  private Propagation propagation() {
    return contexts.get().propagations.current();
  }

  @Override
  public void cacheReplicated(
      Object listeners, @Nullable Object cache, Object replicator, boolean queues) {
    CacheRecord record = cache == null ? null : records.add(listeners, cache);
    if (record != null) {
      records.addReplicator(replicator, record, queues);
    }
  }

  @Override
  public void replicating(Object listeners, Object cache, Object replicator, boolean queues) {
    if (records.ofReplicator(replicator) == null) {
      cacheReplicated(listeners, cache, replicator, queues);
    }
  }

  @Override
  public void cacheChanged(Object listeners, int operation, boolean remote) {
    CacheRecord cache = records.of(listeners);
    if (cache != null) {
      cache.changed(Stripe.current(), operation, remote);
    }
  }

  @Override
  public void unserializable(Object listeners) {
    CacheRecord cache = records.of(listeners);
    if (cache != null) {
      cache.dropped(Stripe.current(), CacheDrop.NOT_SERIALIZABLE, 1);
    }
  }

  @Override
  public void enqueueing(Object replicator) {
    Replicator known = records.ofReplicator(replicator);
    if (known != null && known.queue != null) {
      known.queue.add(System.nanoTime());
    }
  }

  @Override
  public void enqueueRefused(Object replicator) {
    Replicator known = records.ofReplicator(replicator);
    if (known != null) {
      known.cache.dropped(Stripe.current(), CacheDrop.SHUTDOWN, 1);
    }
  }

  @Override
  public void propagating(Object listeners, int operation) {
    Nested<Propagation> propagations = contexts.get().propagations;
    propagations.enter();
    CacheRecord cache = records.of(listeners);
    if (cache != null && propagations.isSeen()) {
      Propagation propagation = propagations.current();
      propagation.begin(cache, null, null);
      propagation.add(operation);
    }
  }

  @Override
  public void batchPropagating(Object replicator) {
    Nested<Propagation> propagations = contexts.get().propagations;
    propagations.enter();
    Replicator known = records.ofReplicator(replicator);
    if (known != null && known.queue != null && propagations.isSeen()) {
      propagations.current().begin(known.cache, known.queue, known);
    }
  }

  @Override
  public void polled(@Nullable Object queued) {
    if (queued != null) {
      propagation()
          .taken(!(queued instanceof SoftReference) || ((SoftReference<?>) queued).get() != null);
    }
  }

  @Override
  public void drained(List<?> changes) {
    propagation().drained(changes.size());
  }

  @Override
  public void resolved(int operation, boolean valid) {
    Propagation propagation = propagation();
    if (propagation.isOpen()) {
      propagation.resolved(valid);
      if (valid) {
        propagation.add(operation);
      }
    }
  }

  @Override
  public void batched(int operation) {
    Propagation propagation = propagation();
    if (propagation.isOpen()) {
      propagation.add(operation);
    }
  }

  @Override
  public void peersListed(int peers) {
    CacheRecord cache = propagation().cache();
    if (cache != null) {
      cache.listed(peers);
    }
  }

  @Override
  public void peerCalling(Object peer) {
    propagation().calling(peer, stubs);
  }

  @Override
  public void peerCalled() {
    propagation().called();
  }

  @Override
  public void peerFailed(Throwable failure) {
    propagation().failed(failure);
  }

  @Override
  public void propagated(@Nullable Throwable failure) {
    contexts.get().propagations.leave().end(failure);
  }

  @Override
  public void replicatorDisposing(Object replicator) {
    Replicator known = records.ofReplicator(replicator);
    if (known != null) {
      known.disposed = true;
    }
  }

  @Override
  public void replicatorDisposed(Object replicator) {
    Replicator known = records.ofReplicator(replicator);
    if (known != null && known.queue != null) {
      known.cache.dropped(Stripe.current(), CacheDrop.SHUTDOWN, known.queue.takeAll());
    }
  }

  @Override
  public void peerBound(Object listeners, Object cache, String name, String manager, Object peer) {
    CacheRecord record = records.add(listeners, cache);
    if (record != null) {
      record.bind(name, manager, peer);
    }
  }

  @Override
  public void batchReceiving() {
    contexts.get().batchFrom = caller();
  }

  @Override
  public void batchReceived() {
    contexts.get().batchFrom = -1;
  }

  @Override
  public void received(Object listeners, Object cache, int operation) {
    CacheRecord record = records.add(listeners, cache);
    if (record != null) {
      int batchFrom = contexts.get().batchFrom;
      record.peer(batchFrom >= 0 ? batchFrom : caller()).received(Stripe.current(), operation);
    }
  }

  /** The host whose call this thread serves. */
  private int caller() {
    try {
      return hosts.ofHost(RemoteServer.getClientHost());
    } catch (ServerNotActiveException e) {
      // An application that calls its own peer.
      return PeerHosts.OTHER;
    }
  }

  @Override
  public void peerLookingUp(String url) {
    Context context = contexts.get();
    int host = hosts.ofUrl(url);
    context.lookingUp = host;
    Propagation propagation = context.propagations.current();
    if (propagation.isOpen()) {
      propagation.lookingUp(host, System.nanoTime());
    }
  }

  @Override
  public void peerLookedUp(@Nullable Object peer, @Nullable Throwable failure) {
    Context context = contexts.get();
    Propagation propagation = context.propagations.current();
    if (propagation.isOpen()) {
      propagation.lookedUp(peer, failure);
    } else if (context.announced != null) {
      context.lookUpFailed |= failure != null;
      if (peer != null && context.lookingUp >= 0) {
        stubs.put(peer, context.lookingUp);
      }
    }
    context.lookingUp = -1;
  }

  @Override
  public void heartbeat(Object provider, String url) {
    Context context = contexts.get();
    ProviderRecord known = records.provider(provider);
    context.announced = known == null ? null : known.heard(url, hosts, System.nanoTime());
    context.lookUpFailed = false;
  }

  @Override
  public void heartbeatHandled(Object provider, String url) {
    Context context = contexts.get();
    if (context.announced != null) {
      context.announced.found(!context.lookUpFailed, System.nanoTime());
      context.announced = null;
    }
  }

  @Override
  public void listenerConfigured(Object manager, @Nullable String hostName) {
    records.addListener(manager, hostName != null && !hostName.isEmpty());
  }

  @Override
  public void bootstrapping(Object listeners, Object cache) {
    Context context = contexts.get();
    context.bootstrapped = records.add(listeners, cache);
    context.bootstrapNanos = System.nanoTime();
    context.bootstrapPeers = 0;
  }

  @Override
  public void bootstrapPeersFound(int peers) {
    contexts.get().bootstrapPeers = peers;
  }

  @Override
  public void bootstrapped(@Nullable Throwable failure) {
    Context context = contexts.get();
    CacheRecord cache = context.bootstrapped;
    context.bootstrapped = null;
    if (cache != null) {
      BootstrapOutcome outcome =
          failure != null
              ? BootstrapOutcome.FAILED
              : context.bootstrapPeers > 0 ? BootstrapOutcome.COMPLETE : BootstrapOutcome.NO_PEERS;
      cache.bootstrapped(Stripe.current(), outcome, System.nanoTime() - context.bootstrapNanos);
    }
  }
}
