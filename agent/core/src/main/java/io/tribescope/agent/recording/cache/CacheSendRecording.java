package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CacheSendEvents;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.Replicator;
import io.tribescope.agent.recording.cache.records.StubHosts;
import io.tribescope.agent.recording.counters.Stripe;
import java.lang.ref.SoftReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of changes on their way to each peer, alone or in a batch. */
final class CacheSendRecording implements CacheSendEvents {
  private final CacheRecords records;
  private final StubHosts stubs;
  private final ThreadLocal<CacheThread> threads;

  CacheSendRecording(CacheRecords records, StubHosts stubs, ThreadLocal<CacheThread> threads) {
    this.records = records;
    this.stubs = stubs;
    this.threads = threads;
  }

  private Propagation propagation() {
    return threads.get().propagations.current();
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
  public Notes propagating(Object listeners, int operation) {
    Nested<Propagation> propagations = threads.get().propagations;
    Propagation propagation = propagations.enter();
    CacheRecord cache = records.of(listeners);
    if (cache != null && propagation != null) {
      propagation.begin(cache, operation);
    }
    return propagations.begun();
  }

  @Override
  public Notes batchPropagating(Object replicator) {
    Nested<Propagation> propagations = threads.get().propagations;
    Propagation propagation = propagations.enter();
    Replicator known = records.ofReplicator(replicator);
    if (known != null && known.queue != null && propagation != null) {
      propagation.beginBatch(known, known.queue);
    }
    return propagations.begun();
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
  public void propagated(@Nullable Notes begun, @Nullable Throwable failure) {
    Propagation ended = threads.get().propagations.leave(begun);
    if (ended != null) {
      ended.end(failure);
    }
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
}
