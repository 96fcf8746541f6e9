package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheBridge;
import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.recording.Allocations;
import java.lang.ref.SoftReference;
import java.rmi.ConnectException;
import java.rmi.NoSuchObjectException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The hooks' reports, in the order in which Ehcache's replicators come to them. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
class CacheRecorderTest {
  private static final int PUT = CacheEvents.PUT;
  private static final int REMOVE = CacheEvents.REMOVE;
  private static final String URL = "//10.0.0.2:40001/c";

  private final CacheRecorder recorder = new CacheRecorder();
  private final Object listeners = new Object();
  private final Object cache = new Object();
  private final Object replicator = new Object();
  private final Object provider = new Object();
  private final Object stub = new Object();
  private long errors;

  @BeforeEach
  void connect() {
    CacheBridge.connect(recorder);
    errors = errors();
  }

  @AfterEach
  void disconnect() {
    CacheBridge.connect(new CacheEvents() {});
    assertThat(errors()).isEqualTo(errors);
  }

  private static long errors() {
    long all = 0;
    for (Bridge.Family family : Bridge.Family.values()) {
      all += Bridge.errors(family);
    }
    return all;
  }

  private CacheRecord record() {
    return recorder.records().all().get(0);
  }

  private CachePeerRecord peer() {
    return record().peers().get(0);
  }

  private void replicated(boolean queues) {
    CacheBridge.cacheReplicated(listeners, cache, replicator, queues);
  }

  private void found(Object peer) {
    CacheBridge.peerLookingUp(URL);
    CacheBridge.peerLookedUp(peer, null);
    CacheBridge.peersListed(1);
  }

  private void send() {
    CacheBridge.peerCalling(stub);
    CacheBridge.peerCalled();
  }

  @Test
  void changesOfACacheThatIsNotReplicatedAreNone() {
    CacheBridge.cacheChanged(listeners, PUT, false);
    assertThat(recorder.records().all()).isEmpty();
  }

  @Test
  void aReplicatorAtWorkWhoseRegistrationWasNotSeen() {
    CacheBridge.replicating(listeners, cache, replicator, false);
    CacheBridge.replicating(listeners, cache, replicator, false);
    CacheBridge.cacheChanged(listeners, PUT, false);
    assertThat(recorder.records().all()).hasSize(1);
    assertThat(record().events(PUT, false)).isEqualTo(1);
  }

  @Test
  void aChangeThatIsAppliedByAConfiguredPeer() {
    replicated(false);
    CacheBridge.propagating(listeners, PUT);
    found(stub);
    send();
    CacheBridge.propagated(null);

    assertThat(recorder.hosts().host(peer().host())).isEqualTo("10.0.0.2");
    assertThat(peer().sent(PUT)).isEqualTo(1);
    assertThat(peer().delay().number()).isEqualTo(1);
    assertThat(record().listedPeers()).isEqualTo(1);
    assertThat(record().dropped(CacheDrop.NO_PEERS)).isZero();
  }

  @Test
  void aConfiguredPeerThatIsDown() {
    replicated(false);
    CacheBridge.propagating(listeners, REMOVE);
    CacheBridge.peerLookingUp(URL);
    CacheBridge.peerLookedUp(null, new ConnectException("refused"));
    CacheBridge.peersListed(0);
    CacheBridge.propagated(null);

    assertThat(peer().failed(ReplicationFailure.UNREACHABLE)).isEqualTo(1);
    assertThat(record().dropped(CacheDrop.NO_PEERS)).isZero();
    assertThat(record().listedPeers()).isZero();
    assertThat(record().nobodyListedNanos()).isZero();
    record().listed(0);
    assertThat(record().nobodyListedNanos()).isPositive();
    record().listed(1);
    assertThat(record().nobodyListedNanos()).isZero();
  }

  @Test
  void aStubThatWasLookedUpByHeartbeatAndHasGoneStale() {
    replicated(false);
    CacheBridge.heartbeat(provider, URL);
    found(stub);
    CacheBridge.heartbeatHandled(provider, URL);
    CacheBridge.propagating(listeners, PUT);
    CacheBridge.peersListed(1);
    CacheBridge.peerCalling(stub);
    CacheBridge.peerFailed(new NoSuchObjectException("gone"));
    CacheBridge.propagated(null);

    assertThat(recorder.hosts().host(peer().host())).isEqualTo("10.0.0.2");
    assertThat(peer().failed(ReplicationFailure.STALE_STUB)).isEqualTo(1);
    assertThat(peer().sent(PUT)).isZero();
    PeerUrl url = recorder.records().knownProvider(provider).urls(false, System.nanoTime()).get(0);
    assertThat(url.isFound()).isTrue();
    assertThat(url.cacheName()).isEqualTo("c");
  }

  @Test
  void aPeerWhoseHeartbeatComesButWhichCannotBeLookedUp() {
    CacheBridge.heartbeat(provider, URL);
    CacheBridge.peerLookingUp(URL);
    CacheBridge.peerLookedUp(null, new ConnectException("refused"));
    CacheBridge.heartbeatHandled(provider, URL);
    assertThat(
            recorder
                .records()
                .knownProvider(provider)
                .urls(false, System.nanoTime())
                .get(0)
                .isFound())
        .isFalse();
  }

  @Test
  void aBatchOfWhichSomeWereCollected() {
    replicated(true);
    for (int i = 0; i < 5; i++) {
      CacheBridge.enqueueing(replicator);
    }
    assertThat(record().waiting()).isEqualTo(5);
    SoftReference<Object> cleared = new SoftReference<>(new Object());
    cleared.clear();
    CacheBridge.batchPropagating(replicator);
    CacheBridge.polled(new SoftReference<>(cache));
    CacheBridge.polled(cleared);
    CacheBridge.polled("a removal");
    CacheBridge.polled(cleared);
    CacheBridge.polled(null);
    CacheBridge.batched(PUT);
    CacheBridge.batched(REMOVE);
    found(stub);
    send();
    CacheBridge.propagated(null);

    assertThat(record().waiting()).isEqualTo(1);
    assertThat(record().dropped(CacheDrop.COLLECTED)).isEqualTo(2);
    assertThat(peer().sent(PUT)).isEqualTo(1);
    assertThat(peer().sent(REMOVE)).isEqualTo(1);
    assertThat(peer().delay().number()).isEqualTo(2);
  }

  /** Ehcache 2.4 and earlier take the queue, list the peers, and ask each if it is valid. */
  @Test
  void aBatchOfAnOldVersionThatFails() {
    replicated(true);
    enqueue(3);
    CacheBridge.batchPropagating(replicator);
    CacheBridge.drained(objects(3));
    assertThat(record().waiting()).isZero();
    found(stub);
    CacheBridge.resolved(PUT, true);
    CacheBridge.resolved(PUT, false);
    CacheBridge.resolved(REMOVE, true);
    CacheBridge.peerCalling(stub);
    CacheBridge.peerFailed(new ConnectException("refused"));
    CacheBridge.propagated(null);

    assertThat(record().waiting()).isZero();
    assertThat(record().dropped(CacheDrop.COLLECTED)).isEqualTo(1);
    assertThat(peer().failed(ReplicationFailure.UNREACHABLE)).isEqualTo(2);
    assertThat(droppedInAll()).isEqualTo(1);
  }

  @Test
  void aBatchOfAnOldVersionThatIsApplied() {
    replicated(true);
    enqueue(5000);
    CacheBridge.batchPropagating(replicator);
    CacheBridge.drained(objects(5000));
    found(stub);
    for (int i = 0; i < 5000; i++) {
      CacheBridge.resolved(PUT, i % 2 == 0);
    }
    send();
    CacheBridge.propagated(null);
    assertThat(peer().sent(PUT)).isEqualTo(2500);
    // Of 4096 the first 904 are not among the last 4096.
    assertThat(peer().delay().number()).isEqualTo((4096 - 904) / 2);
    assertThat(record().dropped(CacheDrop.COLLECTED)).isEqualTo(2500);
    assertThat(record().waiting()).isZero();
  }

  @Test
  void anOldVersionThatCannotListItsPeersHasEmptiedItsQueue() {
    replicated(true);
    enqueue(2);
    CacheBridge.batchPropagating(replicator);
    // One comes ahead of the queue's lock, and one is about to be put there.
    enqueue(2);
    CacheBridge.drained(objects(3));
    // Comes after it was emptied.
    enqueue(1);
    CacheBridge.propagated(new IllegalStateException("no provider"));
    assertThat(record().dropped(CacheDrop.ERROR)).isEqualTo(3);
    assertThat(droppedInAll()).isEqualTo(3);
    assertThat(record().waiting()).isEqualTo(2);
  }

  @Test
  void anOldVersionThatCannotListItsPeersForOneThatCannotBeFound() {
    replicated(true);
    enqueue(2);
    CacheBridge.batchPropagating(replicator);
    CacheBridge.drained(objects(2));
    CacheBridge.peerLookingUp(URL);
    CacheBridge.peerLookedUp(null, new ConnectException("refused"));
    CacheBridge.propagated(new IllegalStateException("no peers"));
    assertThat(peer().failed(ReplicationFailure.UNREACHABLE)).isEqualTo(2);
    assertThat(droppedInAll()).isZero();
  }

  /**
   * Its look-ups can take long, and it ends meanwhile: the other thread flushes what came since.
   */
  @Test
  void anOldVersionThatEndsWhileItListsItsPeers() throws Exception {
    replicated(true);
    enqueue(3);
    CacheBridge.batchPropagating(replicator);
    CacheBridge.drained(objects(3));
    enqueue(2);
    Thread ending =
        new Thread(
            () -> {
              CacheBridge.replicatorDisposing(replicator);
              CacheBridge.replicatorDisposed(replicator);
            });
    ending.start();
    ending.join();
    found(stub);
    for (int i = 0; i < 3; i++) {
      CacheBridge.resolved(PUT, true);
    }
    send();
    CacheBridge.propagated(null);
    assertThat(peer().sent(PUT)).isEqualTo(3);
    assertThat(record().dropped(CacheDrop.SHUTDOWN)).isEqualTo(2);
    assertThat(droppedInAll()).isEqualTo(2);
    assertThat(record().waiting()).isZero();
  }

  private void enqueue(int number) {
    for (int i = 0; i < number; i++) {
      CacheBridge.enqueueing(replicator);
    }
  }

  private long droppedInAll() {
    long all = 0;
    for (CacheDrop drop : CacheDrop.values()) {
      all += record().dropped(drop);
    }
    return all;
  }

  @Test
  void whatWaitsAtTheEndAndWhatComesAfterIt() {
    replicated(true);
    CacheBridge.enqueueing(replicator);
    CacheBridge.enqueueing(replicator);
    CacheBridge.replicatorDisposing(replicator);
    CacheBridge.batchPropagating(replicator);
    CacheBridge.polled("a removal");
    CacheBridge.batched(REMOVE);
    CacheBridge.peersListed(0);
    CacheBridge.propagated(null);
    CacheBridge.replicatorDisposed(replicator);
    CacheBridge.enqueueRefused(replicator);
    assertThat(record().dropped(CacheDrop.SHUTDOWN)).isEqualTo(3);
    assertThat(record().dropped(CacheDrop.NO_PEERS)).isZero();
    assertThat(record().waiting()).isZero();
  }

  @Test
  void moreThanIsRememberedHasNoDelay() {
    replicated(true);
    for (int i = 0; i < 5000; i++) {
      CacheBridge.enqueueing(replicator);
    }
    CacheBridge.batchPropagating(replicator);
    for (int i = 0; i < 1000; i++) {
      CacheBridge.polled("a removal");
      CacheBridge.batched(REMOVE);
    }
    found(stub);
    send();
    CacheBridge.propagated(null);
    assertThat(peer().sent(REMOVE)).isEqualTo(1000);
    // The first 904 of 5000 are not among the last 4096.
    assertThat(peer().delay().number()).isEqualTo(96);
    assertThat(record().waiting()).isEqualTo(4000);
  }

  @Test
  void aCallThatLasts() {
    replicated(false);
    CacheBridge.propagating(listeners, PUT);
    found(stub);
    CacheBridge.peerCalling(stub);
    assertThat(recorder.callSeconds(record(), peer().host())).isPositive();
    CacheBridge.peerCalled();
    CacheBridge.propagated(null);
    assertThat(recorder.callSeconds(record(), peer().host())).isZero();
  }

  @Test
  void aChangeThatIsMadeWhileAnotherOneIsSerialized() {
    replicated(false);
    Object inner = new Object();
    Object innerStub = new Object();
    CacheBridge.cacheReplicated(inner, inner, inner, false);
    CacheRecord other = recorder.records().all().get(1);
    CacheBridge.propagating(listeners, PUT);
    found(stub);
    CacheBridge.peerCalling(stub);

    CacheBridge.propagating(inner, REMOVE);
    CacheBridge.peerLookingUp("//10.0.0.3:40001/inner");
    CacheBridge.peerLookedUp(innerStub, null);
    CacheBridge.peersListed(2);
    CacheBridge.peerCalling(innerStub);
    assertThat(recorder.callSeconds(record(), peer().host())).isPositive();
    CacheBridge.peerFailed(new ConnectException("refused"));
    CacheBridge.propagated(null);
    // Of a cache that is not known.
    CacheBridge.propagating(new Object(), PUT);
    CacheBridge.peersListed(0);
    CacheBridge.propagated(null);

    CacheBridge.peerCalled();
    CacheBridge.propagated(null);
    assertThat(peer().sent(PUT)).isEqualTo(1);
    assertThat(peer().sent(REMOVE)).isZero();
    assertThat(record().listedPeers()).isEqualTo(1);
    CachePeerRecord innerPeer = other.peers().get(0);
    assertThat(recorder.hosts().host(innerPeer.host())).isEqualTo("10.0.0.3");
    assertThat(innerPeer.failed(ReplicationFailure.UNREACHABLE)).isEqualTo(1);
    for (CacheDrop drop : CacheDrop.values()) {
      assertThat(record().dropped(drop) + other.dropped(drop)).as("%s", drop).isZero();
    }
  }

  /** Six within each other: the inner two are let go by, and disturb nothing. */
  @Test
  void moreChangesWithinEachOtherThanAreSeen() {
    replicated(false);
    for (int round = 1; round <= 2; round++) {
      for (int depth = 0; depth < 6; depth++) {
        CacheBridge.propagating(listeners, PUT);
        found(stub);
        CacheBridge.peerCalling(stub);
      }
      for (int depth = 0; depth < 6; depth++) {
        CacheBridge.peerCalled();
        CacheBridge.propagated(null);
      }
      assertThat(peer().sent(PUT)).isEqualTo(4L * round);
      assertThat(recorder.callSeconds(record(), peer().host())).isZero();
    }
  }

  @Test
  void aPeerOfNobodysIsAnOther() {
    replicated(false);
    CacheBridge.propagating(listeners, PUT);
    CacheBridge.peersListed(1);
    send();
    CacheBridge.propagated(null);
    assertThat(recorder.hosts().host(peer().host())).isNull();
    assertThat(peer().sent(PUT)).isEqualTo(1);
  }

  @Test
  void bootstraps() {
    CacheBridge.bootstrapping(listeners, cache);
    CacheBridge.bootstrapPeersFound(0);
    CacheBridge.bootstrapped(null);
    CacheBridge.bootstrapping(listeners, cache);
    CacheBridge.bootstrapPeersFound(2);
    CacheBridge.bootstrapped(null);
    CacheBridge.bootstrapping(listeners, cache);
    CacheBridge.bootstrapPeersFound(2);
    CacheBridge.bootstrapped(new IllegalStateException());
    for (BootstrapOutcome outcome : BootstrapOutcome.values()) {
      assertThat(record().bootstraps(outcome).number()).isEqualTo(1);
    }
  }

  /** Who has found no room comes with every change, and must not wait for one who adds. */
  @Test
  void aCacheForWhichThereIsNoRoomTakesNoLock() throws Exception {
    List<Object> known = objects(1025);
    known.forEach(one -> CacheBridge.cacheReplicated(one, one, one, false));
    assertThat(recorder.records().saturated()).isTrue();
    whileOneAdds(() -> CacheBridge.replicating(listeners, cache, replicator, true));
    assertThat(recorder.records().all()).hasSize(1024);
    assertThat(known).hasSize(1025);
  }

  @Test
  void aProviderForWhichThereIsNoRoomTakesNoLock() throws Exception {
    List<Object> known = objects(1024);
    known.forEach(one -> CacheBridge.heartbeat(one, URL));
    assertThat(recorder.records().saturated()).isFalse();
    CacheBridge.heartbeat(provider, URL);
    CacheBridge.heartbeatHandled(provider, URL);
    assertThat(recorder.records().saturated()).isTrue();
    whileOneAdds(
        () -> {
          CacheBridge.heartbeat(provider, URL);
          CacheBridge.heartbeatHandled(provider, URL);
        });
    assertThat(recorder.records().knownProvider(provider)).isNull();
    assertThat(recorder.records().providers()).hasSize(known.size());
  }

  @Test
  void aGroupForWhichThereIsNoRoomTakesNoLock() throws Exception {
    TransportRecorder transports = new TransportRecorder(recorder);
    List<Object> known = objects(1025);
    known.forEach(one -> transports.groupPolled("c", true, one));
    assertThat(recorder.records().saturated()).isTrue();
    whileOneAdds(() -> transports.groupPolled("c", true, known.get(1024)));
  }

  private static List<Object> objects(int number) {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      objects.add(new Object());
    }
    return objects;
  }

  /** Another thread does that, while one is within what adds caches and does not come out. */
  private void whileOneAdds(Runnable hook) throws InterruptedException {
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Thread adding =
        new Thread(
            () -> {
              synchronized (recorder.records()) {
                locked.countDown();
                try {
                  done.await();
                } catch (InterruptedException e) {
                  // The test has ended.
                }
              }
            });
    adding.start();
    locked.await();
    Thread change = new Thread(hook);
    try {
      change.start();
      change.join(10_000);
      assertThat(change.isAlive()).isFalse();
    } finally {
      done.countDown();
      adding.join();
      change.join();
    }
  }

  @Test
  void whatOneThatEndedCountedGoesToItsHeir() {
    replicated(false);
    CacheBridge.cacheChanged(listeners, PUT, true);
    CacheRecord ended = record();
    Object again = new Object();
    CacheBridge.cacheReplicated(again, new Object(), new Object(), false);
    CacheBridge.cacheChanged(again, PUT, true);
    CacheRecord heir = recorder.records().all().get(1);
    recorder.records().forget(ended, heir);
    assertThat(recorder.records().all()).containsExactly(heir);
    assertThat(heir.events(PUT, true)).isEqualTo(2);
  }

  @Test
  void aChangeOnItsWayCostsNoMemory() {
    replicated(true);
    CacheBridge.heartbeat(provider, URL);
    found(stub);
    CacheBridge.heartbeatHandled(provider, URL);
    Allocations.assertNone(
        () -> {
          CacheBridge.replicating(listeners, cache, replicator, true);
          CacheBridge.cacheChanged(listeners, PUT, false);
          CacheBridge.enqueueing(replicator);
          CacheBridge.batchPropagating(replicator);
          CacheBridge.polled("a removal");
          CacheBridge.batched(REMOVE);
          found(stub);
          send();
          CacheBridge.propagated(null);
          CacheBridge.heartbeat(provider, URL);
          CacheBridge.heartbeatHandled(provider, URL);
        });
    assertThat(peer().sent(REMOVE)).isEqualTo(2 * Allocations.ROUNDS);
  }
}
