package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.receipts.Receipts;
import io.tribescope.agent.recording.receipts.ReceivedTally;
import io.tribescope.agent.recording.receipts.Settlement;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What receipts make of the sessions: confirmed, lost, stale. The only peer in the view is B. */
class ReceiptRecordingTest {
  private static final String ONE = "1111111111111111";
  private static final String TWO = "2222222222222222";
  private static final String THREE = "3333333333333333";
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long HOUR = 3600 * SECOND;

  private final RecordedCluster cluster = new RecordedCluster();
  private final Recorder recorder = cluster.recorder;
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();
  private final ReceivedTally arrived = new ReceivedTally();

  /** Since the messages were sent. */
  private long seconds = 2;

  @BeforeEach
  void leaveOnePeer() {
    cluster.leave(C);
    cluster.leave(D);
  }

  private byte[] write(String session) {
    byte[] id = cluster.submit(DELTA, session);
    cluster.transmit(id, ASYNCHRONOUS, 500, B);
    return id;
  }

  private void arrives(byte[]... ids) {
    for (byte[] id : ids) {
      arrived.add(cluster.timestampMillis, MemberKey.ofUniqueId(id));
    }
  }

  /** B is asked, answers what had arrived, and that is taken over. */
  private void exchange() {
    long wall = cluster.timestampMillis * 1_000_000 + seconds * SECOND;
    Settlement settlement = cluster.peer(B).sentTally().settlement();
    Settlement.Asked asked = settlement.ask(wall, seconds * SECOND);
    Receipts counted = arrived.receipts(asked.oldest(), 0);
    Receipts.Builder receipts = new Receipts.Builder(HOUR);
    for (int i = 0; i < counted.size(); i++) {
      receipts.add(counted.second(i), counted.count(i), counted.sum(i));
    }
    receipts.through(wall / SECOND);
    settlement.settle(asked, receipts.build(), wall, seconds * SECOND);
    recorder.receiptListener().receipts(cluster.record(), cluster.peer(B));
    seconds += 2;
  }

  /** Until what has not arrived is known to be missing. */
  private void wait30Seconds() {
    exchange();
    seconds += 30;
    exchange();
    exchange();
  }

  private void assertAtRisk(long unreplicated, long unconfirmed, long missed) {
    SessionsAtRisk risk = cluster.record().sessionsAtRisk();
    assertThat(risk.unreplicated(context)).as("unreplicated").isEqualTo(unreplicated);
    assertThat(risk.unconfirmed(context)).as("unconfirmed").isEqualTo(unconfirmed);
    assertThat(risk.missed(context, cluster.peer(B))).as("missed").isEqualTo(missed);
  }

  @Test
  void whatArrivedIsConfirmed() {
    arrives(write(ONE), write(TWO));
    assertAtRisk(0, 2, 0);
    exchange();
    assertAtRisk(0, 0, 0);
  }

  @Test
  void whatIsChangedAgainIsNotConfirmedByItsOlderChange() {
    arrives(write(ONE));
    cluster.timestampMillis += 1000;
    write(ONE);
    exchange();
    assertAtRisk(0, 1, 0);
  }

  @Test
  void whatWaitsInTheQueueIsNotConfirmedByWhatWasSentInItsSecond() {
    arrives(write(ONE));
    cluster.submit(DELTA, TWO);
    exchange();
    assertAtRisk(0, 1, 0);
  }

  @Test
  void whatNeverArrivedIsOnNoOtherNode() {
    write(ONE);
    write(TWO);
    wait30Seconds();
    assertAtRisk(2, 2, 2);
  }

  @Test
  void theOneOfThreeThatNeverArrivedIsFound() {
    byte[] first = write(ONE);
    write(TWO);
    arrives(first, write(THREE));
    wait30Seconds();
    assertAtRisk(1, 3, 1);
  }

  @Test
  void whereTwoOfThreeAreMissingAnyMayBe() {
    write(ONE);
    write(TWO);
    arrives(write(THREE));
    wait30Seconds();
    assertAtRisk(0, 3, 3);
  }

  /** The next change of the session brought it there, but not what was in the one before. */
  @Test
  void aSessionIsStaleThoughItsNextChangeArrived() {
    write(ONE);
    cluster.timestampMillis += 1000;
    arrives(write(ONE));
    wait30Seconds();
    assertAtRisk(0, 0, 1);
  }

  @Test
  void whatIsFoundMissingOnceIsNotFoundAgainAfterATransfer() {
    write(ONE);
    wait30Seconds();
    cluster.timestampMillis += 40_000;
    byte[] transfer = cluster.give(B, ONE);
    cluster.transmit(transfer, ASYNCHRONOUS, 500, B);
    arrives(transfer);
    exchange();
    assertAtRisk(0, 0, 0);
  }

  @Test
  void aTransferToANewLifeIsConfirmedWhenItArrived() {
    arrives(write(ONE), write(TWO));
    exchange();
    cluster.drop(B);
    assertAtRisk(2, 2, 0);
    cluster.startAnew(B);
    byte[] transfer = cluster.give(B, ONE, TWO);
    assertAtRisk(0, 2, 0);
    cluster.timestampMillis += 10_000;
    cluster.transmit(transfer, ASYNCHRONOUS, 500, B);
    exchange();
    assertAtRisk(0, 2, 0);
    arrives(transfer);
    exchange();
    assertAtRisk(0, 0, 0);
  }

  @Test
  void whatWasNotAcknowledgedInTimeIsConfirmedWhenItArrived() {
    byte[] message = cluster.submit(DELTA, ONE);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B);
    woven.transmissionWritten(B, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
    arrives(write(TWO));
    exchange();
    assertAtRisk(0, 2, 1);
    arrives(message);
    exchange();
    assertAtRisk(0, 0, 0);
  }

  @Test
  void whatAnOlderChangeLeftInDoubtTheNewestDoesNotEnd() {
    byte[] older = writeUnacknowledged();
    cluster.timestampMillis += 1000;
    byte[] newest = writeUnacknowledged();
    arrives(newest);
    exchange();
    assertAtRisk(0, 0, 1);
    cluster.timestampMillis -= 1000;
    arrives(older);
    exchange();
    // An upper bound: which of several was in doubt is not kept.
    assertAtRisk(0, 0, 1);
  }

  private byte[] writeUnacknowledged() {
    byte[] message = cluster.submit(DELTA, ONE);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B);
    woven.transmissionWritten(B, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
    return message;
  }

  @Test
  void aTransferThatNeverArrivesLeavesEverySessionInDoubt() {
    arrives(write(ONE), write(TWO));
    exchange();
    assertAtRisk(0, 0, 0);
    cluster.timestampMillis += 1000;
    cluster.transmit(cluster.give(B, ONE, TWO), ASYNCHRONOUS, 500, B);
    wait30Seconds();
    assertAtRisk(0, 0, 2);
  }

  @Test
  void aChangeThatNeverArrivesLeavesATransferOfItsSecondAlone() {
    arrives(write(ONE), write(TWO));
    exchange();
    cluster.timestampMillis += 1000;
    write(THREE);
    byte[] transfer = cluster.give(B, ONE, TWO);
    cluster.transmit(transfer, ASYNCHRONOUS, 500, B);
    arrives(transfer);
    wait30Seconds();
    assertAtRisk(1, 1, 1);
  }
}
