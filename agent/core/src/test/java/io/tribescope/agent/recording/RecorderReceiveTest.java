package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACCESSED;
import static io.tribescope.agent.recording.RecordedCluster.ALL_SESSION_DATA;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.CREATED;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.EXPIRED;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static io.tribescope.agent.recording.RecordedCluster.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.MessageType;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderReceiveTest {
  private static final byte[] STRANGER = {10, 9, 9, 9};

  private final RecordedCluster cluster = new RecordedCluster();
  private final Recorder recorder = cluster.recorder;
  private final WovenCalls woven = cluster.woven;
  private final PeerRecord b = cluster.peer(B);

  @Test
  void aDeltaThatIsAppliedIsCountedOnce() {
    long before = System.currentTimeMillis();
    cluster.deliver(B, cluster.newId(), DELTA, before);
    assertThat(b.received(MessageType.DELTA)).isEqualTo(1);
    assertThat(allReceived(b)).isEqualTo(1);
    assertThat(b.receivedBytes()).isEqualTo(100);
    assertThat(allDiscarded(b)).isZero();
    assertThat(count(cluster.record().applies())).isEqualTo(1);
    assertThat(cluster.record().strangers()).isZero();
    assertThat(b.lags().lastAppliedMillis()).isBetween(before - 5, System.currentTimeMillis() + 5);
    assertThat(allReceived(cluster.peer(C))).isZero();
  }

  @Test
  void withoutAnOffsetTheLagIsUnknownAndNoSample() {
    cluster.deliver(B, cluster.newId(), DELTA, System.currentTimeMillis());
    assertThat(b.lags().unknown()).isEqualTo(1);
    assertThat(count(b.lags().known())).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 5250, -30_000})
  void thePeersOffsetIsTakenOutOfTheLag(long offsetMillis) {
    knowOffset(b, offsetMillis);
    long sentNanos = cluster.clock.nanos();
    long timestamp = sentNanos / 1_000_000 + offsetMillis - 100;
    cluster.deliver(B, cluster.newId(), DELTA, timestamp);
    double longest = (cluster.clock.nanos() - sentNanos) / 1e9 + 0.1 + 0.001;
    assertThat(count(b.lags().known())).as("before the clock was compared again").isZero();
    cluster.clockHolds(B);
    assertThat(count(b.lags().known())).isEqualTo(1);
    assertThat(b.lags().unknown()).isZero();
    assertThat(b.lags().known().sum()).isBetween(0.1, longest);
  }

  @Test
  void aLagBelowZeroByMoreThanTheErrorIsUnknown() {
    knowOffset(b, 0);
    cluster.deliver(B, cluster.newId(), DELTA, System.currentTimeMillis() + 60_000);
    cluster.clockHolds(B);
    assertThat(count(b.lags().known())).isZero();
    assertThat(b.lags().unknown()).isEqualTo(1);
  }

  @Test
  void anotherLifeOfThePeerMakesItsClockUnknown() {
    knowOffset(b, 0);
    woven.memberAdded(cluster.channel, B, PORT, cluster.newId());
    cluster.deliver(B, cluster.newId(), DELTA, System.currentTimeMillis());
    assertThat(count(b.lags().known())).isZero();
    assertThat(b.lags().unknown()).isEqualTo(1);
  }

  @Test
  void anExpiryOfASessionThatIsNotHereIsNeitherAppliedNorALoss() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(EXPIRED);
    woven.managerReached();
    cluster.handled();
    woven.receiveEnded();
    assertThat(b.received(MessageType.EXPIRED)).isEqualTo(1);
    assertThat(allDiscarded(b)).isZero();
    assertThat(count(cluster.record().applies())).isZero();
  }

  @Test
  void whatIsPutAsideDuringAStateTransferIsReplayedOrTooOld() {
    knowOffset(b, 0);
    woven.stateTransferStarting(cluster.channel, this, CONTEXT, "node1");
    for (int i = 0; i < 5; i++) {
      cluster.received(B, cluster.newId(), 0, 100);
      woven.clusterReceived(DELTA);
      woven.managerReached();
      woven.managerReturned();
      woven.receiveEnded();
    }
    recorder.settle();
    assertThat(allDiscarded(b)).isZero();
    for (int i = 0; i < 2; i++) {
      woven.sessionMessageHandling(cluster.channel, CONTEXT, B, PORT, DELTA, SESSION);
      woven.sessionMet();
      cluster.handled();
      woven.sessionMessageDone();
    }
    woven.sessionMessageHandling(cluster.channel, CONTEXT, B, PORT, DELTA, SESSION);
    cluster.handled();
    woven.sessionMessageDone();
    woven.stateTransferEnded();
    recorder.settle();
    assertThat(b.received(MessageType.DELTA)).isEqualTo(5);
    assertThat(count(cluster.record().applies())).isEqualTo(2);
    assertThat(b.discarded(Discard.NO_SESSION)).isEqualTo(1);
    assertThat(b.discarded(Discard.OLDER_THAN_STATE)).isEqualTo(2);
    assertThat(count(b.lags().known())).isZero();
    assertThat(b.lags().unknown()).isEqualTo(2);
  }

  @Test
  void whatIsHandledAtOnceIsNotPutAside() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.sessionMessageHandling(cluster.channel, CONTEXT, B, PORT, DELTA, SESSION);
    woven.sessionMet();
    cluster.handled();
    woven.sessionMessageDone();
    woven.managerReturned();
    woven.receiveEnded();
    recorder.settle();
    assertThat(allReceived(b)).isEqualTo(1);
    assertThat(count(cluster.record().applies())).isEqualTo(1);
    assertThat(allDiscarded(b)).isZero();
  }

  @Test
  void aMapsMessageIsNamedOne() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.mapReceived();
    woven.clusterReceived(-1);
    woven.receiveEnded();
    assertThat(b.received(MessageType.MAP)).isEqualTo(1);
    assertThat(allReceived(b)).isEqualTo(1);
  }

  @Test
  void anAccessChangesNothingAndHasNoLag() {
    knowOffset(b, 0);
    cluster.deliver(B, cluster.newId(), ACCESSED, System.currentTimeMillis());
    assertThat(b.received(MessageType.ACCESSED)).isEqualTo(1);
    assertThat(count(b.lags().known())).isZero();
    assertThat(b.lags().unknown()).isZero();
    assertThat(b.lags().lastAppliedMillis()).isNull();
    assertThat(count(cluster.record().applies())).isEqualTo(1);
  }

  @Test
  void theSameMessageAgainIsADuplicateAndNothingElse() {
    byte[] id = cluster.newId();
    cluster.deliver(B, id, DELTA, 0);
    cluster.deliver(B, id, DELTA, 0);
    assertThat(allReceived(b)).isEqualTo(1);
    assertThat(b.duplicates()).isEqualTo(1);
    assertThat(b.receivedBytes()).isEqualTo(100);
    assertThat(b.lags().unknown()).isEqualTo(1);
    assertThat(count(cluster.record().applies())).isEqualTo(1);
  }

  @Test
  void aDeltaWithoutItsSessionIsDiscarded() {
    deltaWithoutSession();
    assertThat(b.received(MessageType.DELTA)).isEqualTo(1);
    assertThat(b.discarded(Discard.NO_SESSION)).isEqualTo(1);
    assertThat(allDiscarded(b)).isEqualTo(1);
    assertThat(count(cluster.record().applies())).isZero();
    assertThat(b.lags().unknown()).isZero();
  }

  private void deltaWithoutSession() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    cluster.handled();
    woven.receiveEnded();
  }

  @Test
  void aSessionMessageThatMeetsNoManagerHasNoContext() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(CREATED);
    woven.receiveEnded();
    assertThat(b.received(MessageType.CREATED)).isEqualTo(1);
    assertThat(b.discarded(Discard.NO_CONTEXT)).isEqualTo(1);
    assertThat(allDiscarded(b)).isEqualTo(1);
  }

  @Test
  void aHandlerThatThrowsIsAnApplyError() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.sessionMet();
    woven.sessionMessageHandled(new ClassCastException());
    woven.receiveEnded();
    assertThat(b.received(MessageType.DELTA)).isEqualTo(1);
    assertThat(b.discarded(Discard.APPLY_ERROR)).isEqualTo(1);
    assertThat(allDiscarded(b)).isEqualTo(1);
    assertThat(count(cluster.record().applies())).isZero();
  }

  @Test
  void bytesThatCannotBeReadBackAreUndeserializable() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.undeserializable();
    woven.receiveEnded();
    assertThat(b.received(MessageType.OTHER)).isEqualTo(1);
    assertThat(b.discarded(Discard.UNDESERIALIZABLE)).isEqualTo(1);
    assertThat(allDiscarded(b)).isEqualTo(1);
  }

  @Test
  void aStateTransferThatCannotBeAppliedIsAnApplyError() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(ALL_SESSION_DATA);
    woven.managerReached();
    woven.sessionMessageHandled(new ClassNotFoundException());
    woven.managerReturned();
    woven.receiveEnded();
    assertThat(b.received(MessageType.STATE_TRANSFER)).isEqualTo(1);
    assertThat(b.discarded(Discard.APPLY_ERROR)).isEqualTo(1);
    assertThat(allDiscarded(b)).isEqualTo(1);
  }

  /** The sender may come into the view only after what it sent was put aside, or not at all. */
  @Test
  void whatAStrangerSentIsReplayedAsOthers() {
    woven.stateTransferStarting(cluster.channel, this, CONTEXT, "node1");
    cluster.received(STRANGER, cluster.newId(), 0, 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.managerReturned();
    woven.receiveEnded();
    woven.sessionMessageHandling(cluster.channel, CONTEXT, STRANGER, PORT, DELTA, SESSION);
    woven.sessionMet();
    cluster.handled();
    woven.sessionMessageDone();
    woven.stateTransferEnded();
    recorder.settle();
    assertThat(allDiscarded(cluster.other())).isZero();
    assertThat(count(cluster.record().applies())).isEqualTo(1);
  }

  @Test
  void whatATransferPutsAsideThatBeginsMeanwhileIsNotLost() {
    woven.stateTransferStarting(cluster.channel, this, CONTEXT, "node1");
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.managerReturned();
    woven.receiveEnded();
    cluster.record().countOlderThanState(() -> false);
    assertThat(allDiscarded(b)).isZero();
    woven.stateTransferEnded();
    recorder.settle();
    assertThat(b.discarded(Discard.OLDER_THAN_STATE)).isEqualTo(1);
  }

  /** A state transfer is handled apart from the changes; reaching the manager is enough. */
  @Test
  void aStateTransferIsReceived() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(ALL_SESSION_DATA);
    woven.managerReached();
    woven.receiveEnded();
    assertThat(b.received(MessageType.STATE_TRANSFER)).isEqualTo(1);
    assertThat(allDiscarded(b)).isZero();
  }

  @Test
  void aMessageFromAnAddressNeverSeenIsOthers() {
    cluster.deliver(STRANGER, cluster.newId(), DELTA, 0);
    assertThat(cluster.other().received(MessageType.DELTA)).isEqualTo(1);
    assertThat(cluster.record().strangers()).isEqualTo(1);
    assertThat(cluster.record().peers()).hasSize(3);
  }

  @Test
  void aMessageFromADepartedMemberIsItsAndAStrangers() {
    woven.memberDisappeared(cluster.channel, B, PORT, B, false);
    cluster.deliver(B, cluster.newId(), DELTA, 0);
    assertThat(b.received(MessageType.DELTA)).isEqualTo(1);
    assertThat(cluster.record().strangers()).isEqualTo(1);
  }

  @Test
  void aDeliveryWithinADeliveryIsCountedForItsOwnSender() {
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(CREATED);
    cluster.deliver(C, cluster.newId(), DELTA, 0);
    woven.managerReached();
    woven.sessionMet();
    cluster.handled();
    woven.receiveEnded();
    assertThat(b.received(MessageType.CREATED)).isEqualTo(1);
    assertThat(allReceived(b)).isEqualTo(1);
    assertThat(cluster.peer(C).received(MessageType.DELTA)).isEqualTo(1);
    assertThat(allDiscarded(b) + allDiscarded(cluster.peer(C))).isZero();
    assertThat(count(cluster.record().applies())).isEqualTo(2);
  }

  @Test
  void whatIsNestedTooDeepIsNotRecordedAndSpoilsNothing() {
    for (int i = 0; i < 10; i++) {
      cluster.received(B, cluster.newId(), 0, 100);
      woven.clusterReceived(CREATED);
      woven.managerReached();
    }
    for (int i = 0; i < 10; i++) {
      woven.receiveEnded();
    }
    assertThat(b.received(MessageType.CREATED)).isEqualTo(8);
    woven.receiveEnded(); // one too many
    cluster.deliver(B, cluster.newId(), DELTA, 0);
    assertThat(b.received(MessageType.DELTA)).isEqualTo(1);
    assertThat(allReceived(b)).isEqualTo(9);
  }

  @Test
  void eventsOutsideOfADeliveryAreIgnored() {
    woven.undeserializable();
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.sessionMet();
    cluster.handled();
    woven.receiveEnded();
    assertThat(allReceived(b) + allReceived(cluster.other())).isZero();
    assertThat(count(cluster.record().applies())).isZero();
  }

  @Test
  void aProbeIsHeardFromMembersInTheViewOnly() {
    long[] heard = {0};
    recorder.listenForProbes((peer, payload, nanos) -> heard[0]++);
    woven.probeReceived(cluster.channel, B, PORT, new byte[48]);
    assertThat(heard[0]).isEqualTo(1);
    woven.probeReceived(cluster.channel, STRANGER, PORT, new byte[48]);
    woven.memberDisappeared(cluster.channel, B, PORT, B, false);
    woven.probeReceived(cluster.channel, B, PORT, new byte[48]);
    assertThat(heard[0]).isEqualTo(1);
  }

  private void knowOffset(PeerRecord peer, long offsetMillis) {
    long sent = cluster.clock.nanos();
    long peers = sent + TimeUnit.MILLISECONDS.toNanos(offsetMillis);
    peer.clock().accept(sent, peers, peers, sent, System.nanoTime(), TimeUnit.MINUTES.toNanos(1));
  }

  private static long allReceived(PeerRecord peer) {
    long sum = 0;
    for (MessageType type : MessageType.values()) {
      sum += peer.received(type);
    }
    return sum;
  }

  private static long allDiscarded(PeerRecord peer) {
    long sum = 0;
    for (Discard reason : Discard.values()) {
      sum += peer.discarded(reason);
    }
    return sum;
  }
}
