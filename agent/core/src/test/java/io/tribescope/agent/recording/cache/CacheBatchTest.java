package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import java.lang.ref.SoftReference;
import java.rmi.ConnectException;
import org.junit.jupiter.api.Test;

/** Changes that wait in a queue, and go in batches. */
class CacheBatchTest extends CacheReports {
  @Test
  void aBatchOfWhichSomeWereCollected() {
    replicated(true);
    for (int i = 0; i < 5; i++) {
      calls.enqueueing(replicator);
    }
    assertThat(record().waiting()).isEqualTo(5);
    SoftReference<Object> cleared = new SoftReference<>(new Object());
    cleared.clear();
    calls.batchPropagating(replicator);
    calls.polled(new SoftReference<>(cache));
    calls.polled(cleared);
    calls.polled("a removal");
    calls.polled(cleared);
    calls.polled(null);
    calls.batched(PUT);
    calls.batched(REMOVE);
    found(stub);
    send();
    calls.propagated(null);

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
    calls.batchPropagating(replicator);
    calls.drained(objects(3));
    assertThat(record().waiting()).isZero();
    found(stub);
    calls.resolved(PUT, true);
    calls.resolved(PUT, false);
    calls.resolved(REMOVE, true);
    calls.peerCalling(stub);
    calls.peerFailed(new ConnectException("refused"));
    calls.propagated(null);

    assertThat(record().waiting()).isZero();
    assertThat(record().dropped(CacheDrop.COLLECTED)).isEqualTo(1);
    assertThat(peer().failed(ReplicationFailure.UNREACHABLE)).isEqualTo(2);
    assertThat(droppedInAll()).isEqualTo(1);
  }

  @Test
  void aBatchOfAnOldVersionThatIsApplied() {
    replicated(true);
    enqueue(5000);
    calls.batchPropagating(replicator);
    calls.drained(objects(5000));
    found(stub);
    for (int i = 0; i < 5000; i++) {
      calls.resolved(PUT, i % 2 == 0);
    }
    send();
    calls.propagated(null);
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
    calls.batchPropagating(replicator);
    // One comes ahead of the queue's lock, and one is about to be put there.
    enqueue(2);
    calls.drained(objects(3));
    // Comes after it was emptied.
    enqueue(1);
    calls.propagated(new IllegalStateException("no provider"));
    assertThat(record().dropped(CacheDrop.ERROR)).isEqualTo(3);
    assertThat(droppedInAll()).isEqualTo(3);
    assertThat(record().waiting()).isEqualTo(2);
  }

  @Test
  void anOldVersionThatCannotListItsPeersForOneThatCannotBeFound() {
    replicated(true);
    enqueue(2);
    calls.batchPropagating(replicator);
    calls.drained(objects(2));
    calls.peerLookingUp(URL);
    calls.peerLookedUp(null, new ConnectException("refused"));
    calls.propagated(new IllegalStateException("no peers"));
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
    calls.batchPropagating(replicator);
    calls.drained(objects(3));
    enqueue(2);
    Thread ending =
        new Thread(
            () -> {
              calls.replicatorDisposing(replicator);
              calls.replicatorDisposed(replicator);
            });
    ending.start();
    ending.join();
    found(stub);
    for (int i = 0; i < 3; i++) {
      calls.resolved(PUT, true);
    }
    send();
    calls.propagated(null);
    assertThat(peer().sent(PUT)).isEqualTo(3);
    assertThat(record().dropped(CacheDrop.SHUTDOWN)).isEqualTo(2);
    assertThat(droppedInAll()).isEqualTo(2);
    assertThat(record().waiting()).isZero();
  }

  @Test
  void whatWaitsAtTheEndAndWhatComesAfterIt() {
    replicated(true);
    calls.enqueueing(replicator);
    calls.enqueueing(replicator);
    calls.replicatorDisposing(replicator);
    calls.batchPropagating(replicator);
    calls.polled("a removal");
    calls.batched(REMOVE);
    calls.peersListed(0);
    calls.propagated(null);
    calls.replicatorDisposed(replicator);
    calls.enqueueRefused(replicator);
    assertThat(record().dropped(CacheDrop.SHUTDOWN)).isEqualTo(3);
    assertThat(record().dropped(CacheDrop.NO_PEERS)).isZero();
    assertThat(record().waiting()).isZero();
  }

  @Test
  void moreThanIsRememberedHasNoDelay() {
    replicated(true);
    for (int i = 0; i < 5000; i++) {
      calls.enqueueing(replicator);
    }
    calls.batchPropagating(replicator);
    for (int i = 0; i < 1000; i++) {
      calls.polled("a removal");
      calls.batched(REMOVE);
    }
    found(stub);
    send();
    calls.propagated(null);
    assertThat(peer().sent(REMOVE)).isEqualTo(1000);
    // The first 904 of 5000 are not among the last 4096.
    assertThat(peer().delay().number()).isEqualTo(96);
    assertThat(record().waiting()).isEqualTo(4000);
  }

  private void enqueue(int number) {
    for (int i = 0; i < number; i++) {
      calls.enqueueing(replicator);
    }
  }

  private long droppedInAll() {
    long all = 0;
    for (CacheDrop drop : CacheDrop.values()) {
      all += record().dropped(drop);
    }
    return all;
  }
}
