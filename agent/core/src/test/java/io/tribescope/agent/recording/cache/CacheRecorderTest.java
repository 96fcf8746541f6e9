package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.Allocations;
import io.tribescope.agent.recording.cache.records.BootstrapOutcome;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CachePeerRecord;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.PeerUrl;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import java.rmi.ConnectException;
import java.rmi.NoSuchObjectException;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Changes, one by one, on their way to peers. */
class CacheRecorderTest extends CacheReports {
  @Test
  void changesOfACacheThatIsNotReplicatedAreNone() {
    calls.cacheChanged(listeners, PUT, false);
    assertThat(recorder.records().all()).isEmpty();
  }

  @Test
  void aReplicatorAtWorkWhoseRegistrationWasNotSeen() {
    calls.replicating(listeners, cache, replicator, false);
    calls.replicating(listeners, cache, replicator, false);
    calls.cacheChanged(listeners, PUT, false);
    assertThat(recorder.records().all()).hasSize(1);
    assertThat(record().events(PUT, false)).isEqualTo(1);
  }

  @Test
  void aChangeThatIsAppliedByAConfiguredPeer() {
    replicated(false);
    calls.propagating(listeners, PUT);
    found(stub);
    send();
    calls.propagated(null);

    assertThat(recorder.hosts().host(peer().host())).isEqualTo("10.0.0.2");
    assertThat(peer().sent(PUT)).isEqualTo(1);
    assertThat(peer().delay().number()).isEqualTo(1);
    assertThat(record().listedPeers()).isEqualTo(1);
    assertThat(record().dropped(CacheDrop.NO_PEERS)).isZero();
  }

  @Test
  void aConfiguredPeerThatIsDown() {
    replicated(false);
    calls.propagating(listeners, REMOVE);
    calls.peerLookingUp(URL);
    calls.peerLookedUp(null, new ConnectException("refused"));
    calls.peersListed(0);
    calls.propagated(null);

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
    calls.heartbeat(provider, URL);
    found(stub);
    calls.heartbeatHandled();
    calls.propagating(listeners, PUT);
    calls.peersListed(1);
    calls.peerCalling(stub);
    calls.peerFailed(new NoSuchObjectException("gone"));
    calls.propagated(null);

    assertThat(recorder.hosts().host(peer().host())).isEqualTo("10.0.0.2");
    assertThat(peer().failed(ReplicationFailure.STALE_STUB)).isEqualTo(1);
    assertThat(peer().sent(PUT)).isZero();
    assertThat(announced().isFound()).isTrue();
    assertThat(announced().cacheName()).isEqualTo("c");
  }

  @Test
  void aPeerWhoseHeartbeatComesButWhichCannotBeLookedUp() {
    calls.heartbeat(provider, URL);
    calls.peerLookingUp(URL);
    calls.peerLookedUp(null, new ConnectException("refused"));
    calls.heartbeatHandled();
    assertThat(announced().isFound()).isFalse();
  }

  private PeerUrl announced() {
    return Objects.requireNonNull(recorder.records().knownProvider(provider))
        .urls(false, System.nanoTime())
        .get(0);
  }

  @Test
  void aLookUpThatWasNotBegunAndAHeartbeatAfterIt() {
    Notes begun = recorder.peers().heartbeat(provider, URL);
    recorder.peers().peerLookedUp(null, null, new ConnectException("refused"));
    // A heartbeat within whose begin failed.
    recorder.peers().heartbeatHandled(null);
    recorder.peers().heartbeatHandled(begun);
    assertThat(announced().isFound()).isFalse();
  }

  @Test
  void aCallThatLasts() {
    replicated(false);
    calls.propagating(listeners, PUT);
    found(stub);
    calls.peerCalling(stub);
    assertThat(recorder.callSeconds(record(), peer().host())).isPositive();
    calls.peerCalled();
    calls.propagated(null);
    assertThat(recorder.callSeconds(record(), peer().host())).isZero();
  }

  @Test
  void aChangeThatIsMadeWhileAnotherOneIsSerialized() {
    replicated(false);
    Object inner = new Object();
    Object innerStub = new Object();
    calls.cacheReplicated(inner, inner, inner, false);
    CacheRecord other = recorder.records().all().get(1);
    calls.propagating(listeners, PUT);
    found(stub);
    calls.peerCalling(stub);

    calls.propagating(inner, REMOVE);
    calls.peerLookingUp("//10.0.0.3:40001/inner");
    calls.peerLookedUp(innerStub, null);
    calls.peersListed(2);
    calls.peerCalling(innerStub);
    assertThat(recorder.callSeconds(record(), peer().host())).isPositive();
    calls.peerFailed(new ConnectException("refused"));
    calls.propagated(null);
    // Of a cache that is not known.
    calls.propagating(new Object(), PUT);
    calls.peersListed(0);
    calls.propagated(null);

    calls.peerCalled();
    calls.propagated(null);
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

  /**
   * The inner one's begin failed before it came here: it is left alone, and so is the outer one.
   */
  @Test
  void aChangeWhoseBeginFailedWithinAnother() {
    replicated(false);
    calls.propagating(listeners, PUT);
    found(stub);
    calls.peerCalling(stub);
    calls.propagatedUnbegun();
    assertThat(recorder.callSeconds(record(), peer().host())).isPositive();
    calls.peerCalled();
    calls.propagated(null);
    assertThat(peer().sent(PUT)).isEqualTo(1);
    assertThat(recorder.callSeconds(record(), peer().host())).isZero();
    for (CacheDrop drop : CacheDrop.values()) {
      assertThat(record().dropped(drop)).as("%s", drop).isZero();
    }
  }

  /** What is reported within one that failed when it was entered is not the outer one's. */
  @Test
  void aChangeThatFailedWhenItWasEnteredWithinAnother() {
    replicated(false);
    calls.propagating(listeners, PUT);
    found(stub);
    calls.peerCalling(stub);
    int unknown = 99;
    assertThatThrownBy(() -> recorder.sending().propagating(listeners, unknown))
        .isInstanceOf(IndexOutOfBoundsException.class);
    calls.peersListed(0);
    calls.peerCalling(new Object());
    calls.peerFailed(new ConnectException("refused"));
    calls.propagatedUnbegun();
    calls.peerCalled();
    calls.propagated(null);
    assertThat(peer().sent(PUT)).isEqualTo(1);
    assertThat(peer().failed(ReplicationFailure.UNREACHABLE)).isZero();
    assertThat(record().listedPeers()).isEqualTo(1);
    assertThat(record().peers()).hasSize(1);
  }

  /** Six within each other: the inner two are let go by, and disturb nothing. */
  @Test
  void moreChangesWithinEachOtherThanAreSeen() {
    replicated(false);
    for (int round = 1; round <= 2; round++) {
      for (int depth = 0; depth < 6; depth++) {
        calls.propagating(listeners, PUT);
        found(stub);
        calls.peerCalling(stub);
      }
      for (int depth = 0; depth < 6; depth++) {
        calls.peerCalled();
        calls.propagated(null);
      }
      assertThat(peer().sent(PUT)).isEqualTo(4L * round);
      assertThat(recorder.callSeconds(record(), peer().host())).isZero();
    }
  }

  @Test
  void aPeerOfNobodysIsAnOther() {
    replicated(false);
    calls.propagating(listeners, PUT);
    calls.peersListed(1);
    send();
    calls.propagated(null);
    assertThat(recorder.hosts().host(peer().host())).isNull();
    assertThat(peer().sent(PUT)).isEqualTo(1);
  }

  @Test
  void bootstraps() {
    calls.bootstrapping(listeners, cache);
    calls.bootstrapPeersFound(0);
    calls.bootstrapped(null);
    calls.bootstrapping(listeners, cache);
    calls.bootstrapPeersFound(2);
    calls.bootstrapped(null);
    calls.bootstrapping(listeners, cache);
    calls.bootstrapPeersFound(2);
    calls.bootstrapped(new IllegalStateException());
    for (BootstrapOutcome outcome : BootstrapOutcome.values()) {
      assertThat(record().bootstraps(outcome).number()).isEqualTo(1);
    }
  }

  @Test
  void aBootstrapWithinAnother() {
    Notes outer = recorder.bootstraps().bootstrapping(listeners, cache);
    Object inner = new Object();
    calls.bootstrapping(inner, inner);
    calls.bootstrapPeersFound(0);
    calls.bootstrapped(null);
    // One whose begin failed.
    recorder.bootstraps().bootstrapped(null, null);
    calls.bootstrapPeersFound(2);
    recorder.bootstraps().bootstrapped(outer, null);
    CacheRecord innerRecord = recorder.records().all().get(1);
    assertThat(innerRecord.bootstraps(BootstrapOutcome.NO_PEERS).number()).isEqualTo(1);
    assertThat(record().bootstraps(BootstrapOutcome.COMPLETE).number()).isEqualTo(1);
    assertThat(record().bootstraps(BootstrapOutcome.NO_PEERS).number()).isZero();
  }

  @Test
  void aChangeThatIsNotSerializableOfAReplicatorThatWasNotSeen() {
    calls.unserializable(listeners, cache, replicator, false);
    calls.unserializable(listeners, cache, replicator, false);
    assertThat(record().dropped(CacheDrop.NOT_SERIALIZABLE)).isEqualTo(2);
  }

  @Test
  void whatOneThatEndedCountedGoesToItsHeir() {
    replicated(false);
    calls.cacheChanged(listeners, PUT, true);
    CacheRecord ended = record();
    Object again = new Object();
    calls.cacheReplicated(again, new Object(), new Object(), false);
    calls.cacheChanged(again, PUT, true);
    CacheRecord heir = recorder.records().all().get(1);
    recorder.records().forget(ended, heir);
    assertThat(recorder.records().all()).containsExactly(heir);
    assertThat(heir.events(PUT, true)).isEqualTo(2);
  }

  @Test
  void aChangeOnItsWayCostsNoMemory() {
    replicated(true);
    calls.heartbeat(provider, URL);
    found(stub);
    calls.heartbeatHandled();
    Allocations.assertNone(
        () -> {
          calls.replicating(listeners, cache, replicator, true);
          calls.cacheChanged(listeners, PUT, false);
          calls.enqueueing(replicator);
          calls.batchPropagating(replicator);
          calls.polled("a removal");
          calls.batched(REMOVE);
          found(stub);
          send();
          calls.propagated(null);
          calls.heartbeat(provider, URL);
          calls.heartbeatHandled();
        });
    assertThat(peer().sent(REMOVE)).isEqualTo(2 * Allocations.ROUNDS);
  }
}
