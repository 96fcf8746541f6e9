package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Notes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reports events of Ehcache's to a recorder as woven code does: what a begin hands out it carries
 * to the end, each kind for itself, the innermost first. Its stacks are a thread's own, and
 * allocate nothing.
 */
public final class CacheCalls {
  private final CacheRecorder recorder;
  private final ThreadLocal<Carried> carried = ThreadLocal.withInitial(Carried::new);

  public CacheCalls(CacheRecorder recorder) {
    this.recorder = recorder;
  }

  /** What one thread carries. */
  private static final class Carried {
    final Stack propagation = new Stack();
    final Stack batch = new Stack();
    final Stack lookUp = new Stack();
    final Stack heartbeat = new Stack();
    final Stack bootstrap = new Stack();
    final Stack handover = new Stack();
    final Stack sending = new Stack();
  }

  private static final class Stack {
    private final @Nullable Notes[] notes = new Notes[64];
    private int depth;

    void push(@Nullable Notes begun) {
      notes[depth++] = begun;
    }

    @Nullable Notes pop() {
      return notes[--depth];
    }
  }

  public void cacheReplicated(
      Object listeners, @Nullable Object cache, Object replicator, boolean queues) {
    recorder.changes().cacheReplicated(listeners, cache, replicator, queues);
  }

  public void cacheChanged(Object listeners, int operation, boolean remote) {
    recorder.changes().cacheChanged(listeners, operation, remote);
  }

  public void replicating(Object listeners, Object cache, Object replicator, boolean queues) {
    recorder.changes().replicating(listeners, cache, replicator, queues);
  }

  public void unserializable(Object listeners, Object cache, Object replicator, boolean queues) {
    recorder.changes().unserializable(listeners, cache, replicator, queues);
  }

  public void enqueueing(Object replicator) {
    recorder.sending().enqueueing(replicator);
  }

  public void enqueueRefused(Object replicator) {
    recorder.sending().enqueueRefused(replicator);
  }

  public void propagating(Object listeners, int operation) {
    carried.get().propagation.push(recorder.sending().propagating(listeners, operation));
  }

  public void batchPropagating(Object replicator) {
    carried.get().propagation.push(recorder.sending().batchPropagating(replicator));
  }

  public void polled(@Nullable Object queued) {
    recorder.sending().polled(queued);
  }

  public void drained(List<?> changes) {
    recorder.sending().drained(changes);
  }

  public void resolved(int operation, boolean valid) {
    recorder.sending().resolved(operation, valid);
  }

  public void batched(int operation) {
    recorder.sending().batched(operation);
  }

  public void peersListed(int peers) {
    recorder.sending().peersListed(peers);
  }

  public void peerCalling(Object peer) {
    recorder.sending().peerCalling(peer);
  }

  public void peerCalled() {
    recorder.sending().peerCalled();
  }

  public void peerFailed(Throwable failure) {
    recorder.sending().peerFailed(failure);
  }

  public void propagated(@Nullable Throwable failure) {
    recorder.sending().propagated(carried.get().propagation.pop(), failure);
  }

  /** A send within another whose begin failed before it came to the recording. */
  public void propagatedUnbegun() {
    recorder.sending().propagated(null, null);
  }

  public void replicatorDisposing(Object replicator) {
    recorder.sending().replicatorDisposing(replicator);
  }

  public void replicatorDisposed(Object replicator) {
    recorder.sending().replicatorDisposed(replicator);
  }

  public void peerBound(Object listeners, Object cache, String name, String manager, Object peer) {
    recorder.receiving().peerBound(listeners, cache, name, manager, peer);
  }

  public void batchReceiving() {
    carried.get().batch.push(recorder.receiving().batchReceiving());
  }

  public void batchReceived() {
    recorder.receiving().batchReceived(carried.get().batch.pop());
  }

  public void received(Object listeners, Object cache, int operation) {
    recorder.receiving().received(listeners, cache, operation);
  }

  public void peerLookingUp(String url) {
    carried.get().lookUp.push(recorder.peers().peerLookingUp(url));
  }

  public void peerLookedUp(@Nullable Object peer, @Nullable Throwable failure) {
    recorder.peers().peerLookedUp(carried.get().lookUp.pop(), peer, failure);
  }

  public void heartbeat(Object provider, String url) {
    carried.get().heartbeat.push(recorder.peers().heartbeat(provider, url));
  }

  public void heartbeatHandled() {
    recorder.peers().heartbeatHandled(carried.get().heartbeat.pop());
  }

  public void bootstrapping(Object listeners, Object cache) {
    carried.get().bootstrap.push(recorder.bootstraps().bootstrapping(listeners, cache));
  }

  public void bootstrapPeersFound(int peers) {
    recorder.bootstraps().bootstrapPeersFound(peers);
  }

  public void bootstrapped(@Nullable Throwable failure) {
    recorder.bootstraps().bootstrapped(carried.get().bootstrap.pop(), failure);
  }

  public boolean knows(Object replicator) {
    return recorder.transports().knows(replicator);
  }

  public void replicating(
      int transport,
      Object listeners,
      Object cache,
      String name,
      String manager,
      Object replicator,
      boolean queues) {
    recorder
        .transports()
        .replicating(transport, listeners, cache, name, manager, replicator, queues);
  }

  public void handingOver(Object replicator, int changes) {
    carried.get().handover.push(recorder.transports().handingOver(replicator, changes));
  }

  public void queueDrained(List<?> changes) {
    recorder.transports().queueDrained(changes);
  }

  public void handing(Object peer, String cache, int operation, boolean collected) {
    recorder.transports().handing(peer, cache, operation, collected);
  }

  public void handedOver(@Nullable Throwable failure) {
    recorder.transports().handedOver(carried.get().handover.pop(), failure);
  }

  /** A handover within another whose begin failed before it came to the recording. */
  public void handedOverUnbegun() {
    recorder.transports().handedOver(null, null);
  }

  public void sending(int transport) {
    carried.get().sending.push(recorder.transports().sending(transport));
  }

  public void sendingFailed(Throwable failure) {
    recorder.transports().sendingFailed(failure);
  }

  public void serializationFailed(Throwable failure) {
    recorder.transports().serializationFailed(failure);
  }

  public void sent(@Nullable Throwable failure) {
    recorder.transports().sent(carried.get().sending.pop(), failure);
  }

  public void sentUnbegun() {
    recorder.transports().sent(null, null);
  }

  public void peerDisposing(Object peer) {
    recorder.transports().peerDisposing(peer);
  }

  public void received(int transport, Object listeners, Object cache, int operation) {
    recorder.transports().received(transport, listeners, cache, operation);
  }

  public void groupQueueing(Object peer, String cache) {
    recorder.groups().groupQueueing(peer, cache);
  }

  public void groupUnqueued(Object peer, String cache) {
    recorder.groups().groupUnqueued(peer, cache);
  }

  public void groupRefused(Object peer, String cache) {
    recorder.groups().groupRefused(peer, cache);
  }

  public void groupPolled(String cache, boolean valid, Object peer) {
    recorder.groups().groupPolled(cache, valid, peer);
  }

  public void groupHanding(Object peer, String cache, int operation) {
    recorder.groups().groupHanding(peer, cache, operation);
  }

  public void groupFlushed(@Nullable Throwable failure) {
    recorder.groups().groupFlushed(failure);
  }

  public void groupDisposed(Object peer) {
    recorder.groups().groupDisposed(peer);
  }
}
