package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.Receipts;
import io.tribescope.agent.recording.receipts.ReceivedTally;
import io.tribescope.agent.recording.receipts.SecondRing;
import io.tribescope.agent.recording.receipts.SentTally;
import java.io.IOException;
import org.apache.catalina.tribes.RemoteProcessException;
import org.junit.jupiter.api.Test;

/** What the hooks put into the tallies of both ends. */
class RecorderReceiptsTest {
  private static final int ACKNOWLEDGED = 2;

  private final RecordedCluster cluster = new RecordedCluster();
  private final long second = cluster.timestampMillis / 1000;

  private static long sum(byte[]... ids) {
    long sum = 0;
    for (byte[] id : ids) {
      sum += MemberKey.ofUniqueId(id);
    }
    return sum;
  }

  private void assertSent(byte[] peer, byte[]... ids) {
    assertHolds(cluster.peer(peer).sentTally().certain, ids);
  }

  private void assertDoubtful(byte[] peer, byte[]... ids) {
    assertHolds(cluster.peer(peer).sentTally().doubtful, ids);
  }

  private void assertHolds(SecondRing ring, byte[]... ids) {
    SecondRing.Reading reading = ring.read(second);
    assertThat(reading.count).isEqualTo(ids.length);
    assertThat(reading.sum).isEqualTo(sum(ids));
  }

  private void assertReceived(byte[] peer, byte[]... ids) {
    Receipts receipts = cluster.peer(peer).receivedTally().receipts(second, 0);
    assertThat(receipts.size()).isEqualTo(ids.length == 0 ? 0 : 1);
    if (ids.length > 0) {
      assertThat(receipts.count(0)).isEqualTo(ids.length);
      assertThat(receipts.sum(0)).isEqualTo(sum(ids));
    }
  }

  @Test
  void whatCompletesIsCertainForEachPeer() {
    byte[] first = cluster.submit(DELTA);
    byte[] second = cluster.submit(-1);
    cluster.transmit(first, 8, 100, B, C);
    cluster.transmit(second, ACKNOWLEDGED, 100, B);
    assertSent(B, first, second);
    assertSent(C, first);
    assertSent(D);
  }

  @Test
  void anInterceptorsOwnMessageIsNotCounted() {
    cluster.transmit(cluster.newId(), 8, 100, B);
    assertSent(B);
  }

  @Test
  void theFragmentsOfAMessageCountOnce() {
    byte[] id = cluster.submit(DELTA);
    cluster.transmit(id, 8, 100, B);
    cluster.transmit(id, 8, 100, B);
    assertSent(B, id);
  }

  @Test
  void anAddressThatStandsInTheViewTwiceCountsOnce() {
    byte[] id = cluster.submit(DELTA);
    cluster.transmit(id, 8, 100, B, B);
    assertSent(B, id);
  }

  @Test
  void whatMayHaveArrivedIsDoubtful() {
    byte[] id = cluster.submit(DELTA);
    cluster.transmitting(id, ACKNOWLEDGED, 100, B, C, D);
    cluster.woven.transmissionWritten(B, PORT);
    cluster.woven.transmissionFailed(B, PORT, new IOException());
    cluster.woven.transmissionFailed(C, PORT, new RemoteProcessException("no"));
    cluster.woven.transmissionFailed(D, PORT, new IOException());
    cluster.woven.transmitted(new IOException());
    assertSent(B);
    assertDoubtful(B, id);
    assertDoubtful(C, id);
    assertDoubtful(D);
  }

  @Test
  void whatArrivesCountsOnceForItsSender() {
    byte[] first = cluster.newId();
    byte[] again = cluster.newId();
    cluster.deliver(B, first, DELTA, cluster.timestampMillis);
    cluster.deliver(B, again, DELTA, cluster.timestampMillis);
    cluster.deliver(B, again, DELTA, cluster.timestampMillis);
    assertReceived(B, first, again);
    assertReceived(C);
  }

  @Test
  void aNewLifeBeginsAnew() {
    cluster.transmit(cluster.submit(DELTA), 8, 100, B, C);
    cluster.deliver(B, cluster.newId(), DELTA, cluster.timestampMillis);
    cluster.woven.memberAdded(cluster.channel, B, PORT, cluster.newId());
    assertSent(B);
    assertReceived(B);
    assertThat(cluster.peer(C).sentTally().state(second)).isEqualTo(SentTally.State.OPEN);
  }

  @Test
  void theSameLifeThatComesBackGoesOn() {
    byte[] id = cluster.submit(DELTA);
    cluster.transmit(id, 8, 100, B);
    cluster.woven.memberDisappeared(cluster.channel, B, PORT, B, false);
    cluster.woven.memberAdded(cluster.channel, B, PORT, B);
    assertSent(B, id);
  }

  @Test
  void aPeerIsRecordedSinceItIsAMember() {
    ReceivedTally tally = cluster.peer(B).receivedTally();
    long now = System.nanoTime();
    assertThat(tally.receipts(second, now).recordedForNanos()).isPositive();
    // Whom only an answer was sent to may have named itself.
    byte[] stranger = {10, 0, 0, 9};
    PeerRecord unknown = cluster.record().destination(MemberKey.of(stranger, PORT), stranger, PORT);
    assertThat(unknown.receivedTally().receipts(second, now).recordedForNanos()).isZero();
  }

  @Test
  void whatIsMissingIsUnknownUntilAReceiptCame() {
    assertThat(cluster.peer(B).missing()).isNull();
    cluster.peer(B).receiptsTaken(0);
    assertThat(cluster.peer(B).missing()).isZero();
    cluster.peer(B).receiptsTaken(3);
    assertThat(cluster.peer(B).missing()).isEqualTo(3);
  }
}
