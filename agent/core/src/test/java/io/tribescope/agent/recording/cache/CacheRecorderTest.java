package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.CacheBridge;
import io.tribescope.agent.recording.Allocations;
import java.rmi.ConnectException;
import java.rmi.NoSuchObjectException;
import org.junit.jupiter.api.Test;

/** Changes, one by one, on their way to peers. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
class CacheRecorderTest extends CacheReports {
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
