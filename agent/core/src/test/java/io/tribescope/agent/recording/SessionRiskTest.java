package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACCESSED;
import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.CREATED;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.EXPIRED;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would be lost if this node died now, as the members come and go. */
class SessionRiskTest {
  private static final byte[] NEW = {10, 0, 0, 9};

  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();

  private void assertAtRisk(long unreplicated, long unconfirmed) {
    cluster.assertAtRisk(context, unreplicated, unconfirmed);
  }

  @Test
  void whatWaitsToBeSentMayReachAnyoneAndIsConfirmedByNobody() {
    cluster.submit(DELTA);
    assertAtRisk(0, 1);
  }

  @Test
  void whatWasWrittenIsReplicatedAndWhatWasAcknowledgedIsConfirmed() {
    cluster.change(SESSION, ASYNCHRONOUS, B, C, D);
    assertAtRisk(0, 1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 0);
    cluster.submit(DELTA);
    assertAtRisk(0, 1);
  }

  @Test
  void whatFailedForAllIsOnNoOtherNode() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    assertAtRisk(1, 1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 0);
  }

  @Test
  void whatReachedOneOfThreeIsReplicatedAndConfirmed() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B, C, D);
    woven.transmissionCompleted(C, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
    assertAtRisk(0, 0);
  }

  @Test
  void whatWasWrittenWithoutTheAnswerAskedForMayHaveArrived() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B);
    woven.transmissionWritten(B, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
    assertAtRisk(0, 1);
  }

  @Test
  void whatTheChannelWouldNotTakeIsOnNoOtherNode() {
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.channelSending(false);
    woven.messageIdentified(cluster.newId());
    woven.channelSent(true);
    woven.clusterSent();
    assertAtRisk(1, 1);
  }

  @Test
  void eachSessionIsCountedOnceHoweverOftenItChanges() {
    for (int i = 0; i < 5; i++) {
      cluster.transmitInVain(cluster.submit(DELTA, "A.node1"), B, C, D);
      cluster.transmitInVain(cluster.submit(DELTA, "B.node1"), B, C, D);
      cluster.change("C.node1", ASYNCHRONOUS, B);
    }
    assertAtRisk(2, 3);
  }

  @Test
  void whoIsDroppedHoldsItAgainWhenTheSameProcessIsBack() {
    cluster.change(SESSION, ACKNOWLEDGED, B);
    cluster.drop(B);
    assertAtRisk(1, 1);
    cluster.comeBack(B);
    assertAtRisk(0, 0);
  }

  @Test
  void whoStartsAnewHoldsNothingUntilItIsGivenIt() {
    cluster.change(SESSION, ACKNOWLEDGED, B);
    cluster.drop(B);
    cluster.startAnew(B);
    assertAtRisk(1, 1);
    cluster.transmit(cluster.give(B, SESSION), ASYNCHRONOUS, 500, B);
    assertAtRisk(0, 1);
  }

  @Test
  void whoLeftAndComesBackHoldsNothing() {
    cluster.change(SESSION, ACKNOWLEDGED, B);
    cluster.leave(B);
    cluster.comeBack(B);
    assertAtRisk(1, 1);
  }

  @Test
  void whoStartsAnewMayHaveGotItFromAnotherThatHoldsIt() {
    cluster.change(SESSION, ACKNOWLEDGED, B, C);
    cluster.drop(B);
    cluster.startAnew(B);
    cluster.drop(C);
    assertAtRisk(0, 1);
  }

  @Test
  void whoIsNewAltogetherMayHaveGotItFromAnotherThatHoldsIt() {
    cluster.change(SESSION, ACKNOWLEDGED, B);
    cluster.startAnew(NEW);
    cluster.drop(B);
    assertAtRisk(0, 1);
  }

  @Test
  void whoIsNewCannotHaveGotWhatNobodyHolds() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.startAnew(NEW);
    assertAtRisk(1, 1);
  }

  @Test
  void withoutMembersWhatARequestChangedIsOnThisNodeOnly() {
    leaveAll();
    woven.requestUnsent(cluster.channel, CONTEXT, SESSION, false);
    assertAtRisk(0, 0);
    woven.requestUnsent(cluster.channel, CONTEXT, SESSION, true);
    assertAtRisk(1, 1);
  }

  @Test
  void withoutMembersANewSessionIsOnThisNodeOnly() {
    leaveAll();
    woven.sessionCreated(cluster.channel, CONTEXT, SESSION);
    assertAtRisk(1, 1);
  }

  @Test
  void aNewSessionThatTheMembersWereToldOfIsOneMore() {
    cluster.transmit(cluster.submit(CREATED), ACKNOWLEDGED, 500, B, C, D);
    woven.sessionCreated(cluster.channel, CONTEXT, SESSION);
    assertAtRisk(0, 0);
    cluster.drop(B);
    cluster.drop(C);
    cluster.drop(D);
    assertAtRisk(1, 1);
  }

  @Test
  void aSessionTakenOverIsHeldByThoseWhoAreThere() {
    woven.sessionTaken(cluster.channel, CONTEXT, SESSION);
    assertAtRisk(0, 1);
    leaveAll();
    assertAtRisk(1, 1);
  }

  @Test
  void aSessionOfThisNodesOwnCannotBeTaken() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    woven.sessionTaken(cluster.channel, CONTEXT, SESSION);
    assertAtRisk(1, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {DELTA, ACCESSED, CREATED})
  void aSessionThatAnotherNodeChangesOrUsesIsNotThisNodesToLose(int event) {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.deliver(B, event, SESSION, 0);
    assertAtRisk(0, 0);
    cluster.submit(DELTA);
    assertAtRisk(0, 1);
  }

  @Test
  void aSessionThatAnotherNodeRenamesIsNotThisNodesToLose() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(RecordedCluster.ID_CHANGED);
    woven.sessionMessageHandling(
        cluster.channel, CONTEXT, B, PORT, RecordedCluster.ID_CHANGED, SESSION);
    woven.sessionRenaming(cluster.channel, CONTEXT, SESSION, "FEDCBA.node1");
    woven.sessionMet();
    cluster.handled();
    woven.sessionMessageDone();
    woven.receiveEnded();
    assertAtRisk(0, 0);
  }

  @Test
  void anExpiredSessionCannotBeLost() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.transmitInVain(cluster.submit(EXPIRED), B, C, D);
    woven.sessionExpired(cluster.channel, CONTEXT, SESSION);
    assertAtRisk(0, 0);
  }

  @Test
  void aRenamedSessionIsTheSameSession() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    woven.sessionRenaming(cluster.channel, CONTEXT, SESSION, "FEDCBA.node1");
    assertAtRisk(1, 1);
    byte[] message = cluster.submit(RecordedCluster.ID_CHANGED, SESSION);
    assertAtRisk(0, 1);
    cluster.transmit(message, ACKNOWLEDGED, 500, B, C, D);
    assertAtRisk(0, 0);
    woven.sessionExpired(cluster.channel, CONTEXT, "FEDCBA.node1");
    leaveAll();
    assertAtRisk(0, 0);
  }

  /** Whoever holds it holds it by an id that no request will bring. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "FEDCBA9876543210FEDCBA9876543210.node1",
        "0123456789ABCDEF0123456789ABCDEF.node9"
      })
  void withoutMembersANewIdIsOnThisNodeOnly(String id) {
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    cluster.drop(B);
    cluster.leave(C);
    cluster.leave(D);
    woven.sessionRenaming(cluster.channel, CONTEXT, SESSION, id);
    cluster.comeBack(B);
    assertAtRisk(1, 1);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(B))).isEqualTo(1);
  }

  @Test
  void ofAStoppedContextNothingIsLeftToLose() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    woven.managerStopped(cluster.channel, CONTEXT);
    assertThat(cluster.record().contextRecords()).isEmpty();
    assertThat(cluster.startContext().index()).isEqualTo(context.index());
    assertAtRisk(0, 0);
  }

  @Test
  void whatIsOfNoKnownContextIsNotCounted() {
    woven.clusterSending(cluster.channel, DELTA, "localhost#/other", SESSION);
    woven.clusterSent();
    woven.sessionCreated(cluster.channel, "localhost#/other", SESSION);
    woven.sessionTaken(new Object(), CONTEXT, SESSION);
    assertAtRisk(0, 0);
  }

  @Test
  void somebodyCanConfirmOnlyWhereAcknowledgementsAreAskedForOrNobodyIsThere() {
    cluster.change(SESSION, ASYNCHRONOUS, B);
    assertThat(cluster.record().isConfirmable()).isFalse();
    cluster.change(SESSION, ACKNOWLEDGED, B);
    assertThat(cluster.record().isConfirmable()).isTrue();
    cluster.change(SESSION, ASYNCHRONOUS, B);
    assertThat(cluster.record().isConfirmable()).isFalse();
    leaveAll();
    assertThat(cluster.record().isConfirmable()).isTrue();
  }

  @Test
  void whoHasEverToldWhatArrivedConfirmsNothingWhileFrozen() {
    cluster.change(SESSION, ASYNCHRONOUS, B, C, D);
    cluster.peer(B).receiptsTaken(0);
    assertThat(cluster.record().isConfirmable()).isTrue();
    cluster.startAnew(B);
    assertThat(cluster.record().isConfirmable()).as("a new process may have no agent").isFalse();
  }

  @Test
  void aMemberThatIsBackLacksOnlyWhatWasChangedSince() {
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    for (byte[] host : new byte[][] {B, C, D}) {
      cluster.drop(host);
    }
    long cut = System.nanoTime();
    woven.requestUnsent(cluster.channel, CONTEXT, SESSION, true);
    cluster.comeBack(B);
    SessionsAtRisk risk = cluster.record().sessionsAtRisk();
    double sinceCut = (System.nanoTime() - cut) / 1e9;
    assertAtRisk(1, 1);
    assertThat(risk.unreplicatedSeconds(context)).isPositive().isLessThanOrEqualTo(sinceCut);
    assertThat(risk.unconfirmedSeconds(context)).isPositive().isLessThanOrEqualTo(sinceCut);
  }

  private void leaveAll() {
    for (byte[] host : new byte[][] {B, C, D}) {
      cluster.leave(host);
    }
  }
}
