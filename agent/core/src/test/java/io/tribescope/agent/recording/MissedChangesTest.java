package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.ALL_SESSION_DATA;
import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Whose replica of a session lacks a change that was made here. */
class MissedChangesTest {
  private static final String OTHER_SESSION = "FEDCBA9876543210FEDCBA9876543210.node1";

  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();

  private void assertMissed(long byB, long byC, long byD) {
    SessionsAtRisk risk = cluster.record().sessionsAtRisk();
    assertThat(
            new long[] {
              risk.missed(context, cluster.peer(B)),
              risk.missed(context, cluster.peer(C)),
              risk.missed(context, cluster.peer(D))
            })
        .containsExactly(byB, byC, byD);
  }

  @Test
  void whatArrivedEverywhereNobodyMissed() {
    cluster.change(SESSION, ASYNCHRONOUS, B, C, D);
    assertMissed(0, 0, 0);
  }

  @Test
  void whoeverItFailedForMissedIt() {
    cluster.transmitting(cluster.submit(DELTA), ACKNOWLEDGED, 500, B, C, D);
    woven.transmissionCompleted(B, PORT);
    woven.transmissionWritten(D, PORT);
    woven.transmissionFailed(C, PORT, new IOException());
    woven.transmitted(new IOException());
    assertMissed(0, 1, 1);
  }

  @Test
  void aLaterChangeThatArrivesDoesNotHealIt() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertMissed(1, 1, 1);
  }

  @Test
  void anOlderChangeThatFailsLaterIsMissedThoughTheNewestArrived() {
    byte[] older = cluster.submit(DELTA);
    cluster.change(SESSION, ASYNCHRONOUS, B, C, D);
    cluster.transmitting(older, ACKNOWLEDGED, 500, B, C, D);
    woven.transmissionCompleted(C, PORT);
    woven.transmissionCompleted(D, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
    assertMissed(1, 0, 0);
  }

  @Test
  void whoWasAwayMissedWhatWasChangedMeanwhile() {
    cluster.change(SESSION, ASYNCHRONOUS, B, C, D);
    cluster.change(OTHER_SESSION, ASYNCHRONOUS, B, C, D);
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    assertMissed(1, 0, 0);
    cluster.change(OTHER_SESSION, ASYNCHRONOUS, B, C, D);
    assertMissed(1, 0, 0);
  }

  @Test
  void whoeverWasAwayMissedWhatWasDroppedForWantOfMembers() {
    cluster.drop(B);
    cluster.drop(C);
    cluster.leave(D);
    woven.requestUnsent(cluster.channel, CONTEXT, SESSION, true);
    woven.sessionCreated(cluster.channel, CONTEXT, OTHER_SESSION);
    for (byte[] host : new byte[][] {B, C, D}) {
      cluster.comeBack(host);
    }
    // D is new, and may be given what B and C lack by either.
    assertMissed(2, 2, 2);
  }

  @Test
  void aNewProcessMissedNothing() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.startAnew(B);
    assertMissed(0, 0, 0);
  }

  @Test
  void aNewProcessAtOnceInThePlaceOfTheOldMissedNothing() {
    failForB(SESSION);
    assertMissed(1, 0, 0);
    cluster.startAnew(B);
    cluster.drop(B); // the old one, late
    assertMissed(0, 0, 0);
  }

  @Test
  void aNewProcessMayLackWhatItsDonorLacks() {
    cluster.drop(B);
    cluster.drop(C);
    cluster.change(SESSION, ASYNCHRONOUS, D);
    cluster.change(OTHER_SESSION, ASYNCHRONOUS, D);
    cluster.comeBack(B);
    cluster.comeBack(C);
    assertMissed(2, 2, 0);
    cluster.startAnew(B);
    assertMissed(2, 2, 0);
    cluster.transmit(cluster.give(B, SESSION, OTHER_SESSION), ASYNCHRONOUS, 500, B);
    assertMissed(0, 2, 0);
  }

  @Test
  void aTransferThatTheChannelRefusesHealsNothing() {
    failForB(SESSION);
    giveInVain(
        () -> {
          woven.clusterSending(cluster.channel, ALL_SESSION_DATA, CONTEXT, SESSION);
          woven.channelSending(false);
          woven.messageIdentified(cluster.newId());
          woven.channelSent(true);
          woven.clusterSent();
        });
    assertMissed(1, 0, 0);
  }

  @Test
  void aTransferThatCannotBeSerializedHealsNothing() {
    failForB(SESSION);
    giveInVain(() -> {});
    assertMissed(1, 0, 0);
    // Nor does it stand in the way of the next.
    byte[] next = cluster.give(B, SESSION);
    assertMissed(0, 0, 0);
    cluster.transmit(next, ACKNOWLEDGED, 500, B);
    assertMissed(0, 0, 0);
  }

  private void giveInVain(Runnable send) {
    woven.sessionsGiving(cluster.channel, CONTEXT, B, PORT, 1);
    woven.sessionGiving(cluster.channel, CONTEXT, B, PORT, SESSION);
    send.run();
    woven.sessionsGiven();
  }

  private void failForB(String session) {
    cluster.transmitting(cluster.submit(DELTA, session), ACKNOWLEDGED, 500, B, C, D);
    woven.transmissionCompleted(C, PORT);
    woven.transmissionCompleted(D, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
  }

  @Test
  void aTransferHealsWhatItCarries() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.transmitInVain(cluster.submit(DELTA, OTHER_SESSION), B, C, D);
    cluster.transmit(cluster.give(B, SESSION), ASYNCHRONOUS, 500, B);
    assertMissed(1, 2, 2);
  }

  @Test
  void aTransferThatFailsLeavesEverySessionOfTheContextInDoubt() {
    cluster.change(SESSION, ASYNCHRONOUS, B, C, D);
    cluster.change(OTHER_SESSION, ASYNCHRONOUS, B, C, D);
    cluster.transmitInVain(cluster.give(B, SESSION), B);
    assertMissed(2, 0, 0);
  }

  @Test
  void anotherNodesChangeHealsNothing() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    cluster.deliver(C, DELTA, SESSION, 0);
    assertMissed(1, 1, 1);
    woven.sessionTaken(cluster.channel, CONTEXT, SESSION);
    assertMissed(1, 1, 1);
  }

  @Test
  void itsEndHealsIt() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    woven.sessionExpired(cluster.channel, CONTEXT, SESSION);
    assertMissed(0, 0, 0);
  }

  @Test
  void aRenamedSessionHasStillBeenMissed() {
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    woven.sessionRenaming(cluster.channel, CONTEXT, SESSION, OTHER_SESSION);
    assertMissed(1, 1, 1);
    woven.sessionExpired(cluster.channel, CONTEXT, SESSION);
    assertMissed(1, 1, 1);
    woven.sessionExpired(cluster.channel, CONTEXT, OTHER_SESSION);
    assertMissed(0, 0, 0);
  }

  @Test
  void aSessionThatWentElsewhereAndWasMissedByNoneWhoIsLeftIsForgotten() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.startAnew(B);
    cluster.deliver(C, DELTA, SESSION, 0);
    assertThat(cluster.record().sessions().isKnown(context.keyOf(SESSION))).isFalse();
  }
}
