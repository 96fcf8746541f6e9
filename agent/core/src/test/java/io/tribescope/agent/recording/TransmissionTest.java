package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.SendFailure;
import io.tribescope.agent.recording.messages.Submission;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class TransmissionTest {
  private static final byte[] A = {10, 0, 0, 1};
  private static final byte[] B = {10, 0, 0, 2};
  private static final byte[] C = {10, 0, 0, 3};

  private final ChannelRecord channel = new ChannelRecord(new Object(), () -> 64);
  private final PeerRecord a = channel.member(A, 4000);
  private final PeerRecord b = channel.member(B, 4000);
  private final PeerRecord c = channel.member(C, 4000);
  private final Transmission transmission = new Transmission();

  private void begin(boolean acknowledged, PeerRecord... destinations) {
    Submission submission = new Submission();
    submission.type = MessageType.DELTA;
    transmission.begin(channel, submission, 1, 0, acknowledged, 100, 0, destinations.length);
    for (PeerRecord destination : destinations) {
      transmission.add(destination.key(), destination);
    }
  }

  @Test
  void aCompletedDestinationIsCountedWithItsBytes() {
    begin(false, a, b);
    transmission.completed(0, a.key());
    transmission.completed(0, b.key());
    transmission.end(0, false);
    for (PeerRecord peer : new PeerRecord[] {a, b}) {
      assertThat(peer.sent(MessageType.DELTA, false)).isEqualTo(1);
      assertThat(peer.sent(MessageType.DELTA, true)).isZero();
      assertThat(peer.sentBytes()).isEqualTo(100);
    }
    assertThat(failures(a) + failures(b) + failures(c)).isZero();
  }

  @Test
  void acknowledgedAndWrittenAreKeptApart() {
    begin(true, a);
    transmission.written(a.key());
    transmission.completed(0, a.key());
    transmission.end(0, false);
    assertThat(a.sent(MessageType.DELTA, true)).isEqualTo(1);
    assertThat(a.sent(MessageType.DELTA, false)).isZero();
  }

  @Test
  void aGhostBesideItsNewLifeIsCountedOnce() {
    begin(true, a, a);
    transmission.written(a.key());
    transmission.written(a.key());
    transmission.completed(0, a.key());
    transmission.completed(0, a.key());
    transmission.end(0, false);
    assertThat(a.sent(MessageType.DELTA, true)).isEqualTo(1);
    assertThat(a.sentBytes()).isEqualTo(100);
    assertThat(failures(a)).isZero();
  }

  @Test
  void aGhostThatFailsBesideItsNewLifeIsOneFailure() {
    begin(true, a, a);
    transmission.failed(0, a.key(), new ConnectException());
    transmission.failed(0, a.key(), new ConnectException());
    transmission.end(0, true);
    assertThat(a.failed(SendFailure.CONNECT)).isEqualTo(1);
    assertThat(failures(a)).isEqualTo(1);
  }

  @Test
  void whatReachedTheAddressDidNotFailThoughItsGhostDid() {
    begin(true, a, a);
    transmission.completed(0, a.key());
    transmission.failed(0, a.key(), new ConnectException());
    transmission.end(0, true);
    assertThat(a.sent(MessageType.DELTA, true)).isEqualTo(1);
    assertThat(failures(a)).isZero();
  }

  @Test
  void whatNeitherCompletedNorFailedWasNotTriedOnceTheSendThrew() {
    begin(true, a, b, c);
    transmission.completed(0, a.key());
    transmission.failed(0, b.key(), new ConnectException());
    transmission.end(0, true);
    assertThat(failures(a)).isZero();
    assertThat(b.failed(SendFailure.CONNECT)).isEqualTo(1);
    assertThat(failures(b)).isEqualTo(1);
    assertThat(c.failed(SendFailure.NOT_TRIED)).isEqualTo(1);
    assertThat(failures(c)).isEqualTo(1);
    assertThat(c.sent(MessageType.DELTA, true)).isZero();
  }

  /** Another sender than the one that is observed: what became of it is not known. */
  @Test
  void withoutAFailureNothingIsClaimedOfWhatWasNotSeenToComplete() {
    begin(true, a, b);
    transmission.written(a.key());
    transmission.end(0, false);
    assertThat(failures(a) + failures(b)).isZero();
    assertThat(a.sentBytes() + b.sentBytes()).isZero();
  }

  /** Beyond the table's room: each destination counts, though they share the record. */
  @Test
  void destinationsOfOneRecordAreCountedEach() {
    PeerRecord other = channel.other();
    Submission submission = new Submission();
    submission.type = MessageType.DELTA;
    transmission.begin(channel, submission, 1, 0, false, 100, 0, 3);
    for (long key = 1; key <= 3; key++) {
      transmission.add(key, other);
    }
    transmission.completed(0, 1);
    transmission.failed(0, 2, new ConnectException());
    transmission.end(0, true);
    assertThat(other.sent(MessageType.DELTA, false)).isEqualTo(1);
    assertThat(other.failed(SendFailure.CONNECT)).isEqualTo(1);
    assertThat(other.failed(SendFailure.NOT_TRIED)).isEqualTo(1);
  }

  @Test
  void aTransmissionCanBeUsedAgain() {
    begin(true, a, b);
    transmission.end(0, true);
    transmission.clear();
    begin(false, c);
    transmission.completed(0, c.key());
    transmission.end(0, false);
    transmission.clear();
    assertThat(failures(a)).isEqualTo(1);
    assertThat(failures(b)).isEqualTo(1);
    assertThat(c.sent(MessageType.DELTA, false)).isEqualTo(1);
    assertThat(failures(c)).isZero();
    assertThat(transmission.channel).isNull();
  }

  @Test
  void hundredDestinationsAreCountedEach() {
    Submission submission = new Submission();
    submission.type = MessageType.OTHER;
    transmission.begin(channel, submission, 1, 0, false, 1, 0, 100);
    PeerRecord[] peers = new PeerRecord[100];
    for (int i = 0; i < peers.length; i++) {
      peers[i] = channel.member(new byte[] {10, 0, 1, (byte) i}, 4000);
      transmission.add(peers[i].key(), peers[i]);
    }
    for (PeerRecord peer : peers) {
      transmission.completed(0, peer.key());
    }
    transmission.end(0, false);
    assertThat(peers).allMatch(peer -> peer.sent(MessageType.OTHER, false) == 1);
  }

  private static long failures(PeerRecord peer) {
    long sum = 0;
    for (SendFailure reason : SendFailure.values()) {
      sum += peer.failed(reason);
    }
    return sum;
  }
}
