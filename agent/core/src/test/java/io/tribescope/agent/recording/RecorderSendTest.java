package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.LOCAL;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static io.tribescope.agent.recording.RecordedCluster.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.SendFailure;
import java.net.ConnectException;
import org.apache.catalina.tribes.ChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderSendTest {
  private static final int ASYNCHRONOUS = 8;
  private static final int SYNCHRONOUS_ACK = 6;

  private final RecordedCluster cluster = new RecordedCluster();
  private final Recorder recorder = cluster.recorder;
  private final WovenCalls woven = cluster.woven;

  @ParameterizedTest
  @CsvSource({
    "1, CREATED",
    "2, EXPIRED",
    "3, ACCESSED",
    "4, STATE_TRANSFER",
    "12, STATE_TRANSFER",
    "13, DELTA",
    "14, STATE_TRANSFER",
    "15, ID_CHANGED",
    "16, STATE_TRANSFER",
    "-1, OTHER",
    "99, OTHER",
  })
  void aMessageIsOfTheTypeThatItsSessionEventSays(int event, MessageType type) {
    cluster.transmit(cluster.submit(event), ASYNCHRONOUS, 500, B, C);
    assertThat(cluster.peer(B).sent(type, false)).isEqualTo(1);
    assertThat(cluster.peer(C).sent(type, false)).isEqualTo(1);
    assertThat(allSent(cluster.peer(B))).isEqualTo(1);
    assertThat(cluster.peer(B).sentBytes()).isEqualTo(500);
    assertThat(allSent(cluster.peer(D))).isZero();
    assertThat(count(cluster.record().sends())).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"8, false", "6, true", "2, true", "10, true", "4, false", "0, false"})
  void onlyTheAcknowledgingOptionsMakeItAcknowledged(int options, boolean acknowledged) {
    cluster.transmit(cluster.submit(DELTA), options, 500, B);
    assertThat(cluster.peer(B).sent(MessageType.DELTA, acknowledged)).isEqualTo(1);
    assertThat(allSent(cluster.peer(B))).isEqualTo(1);
  }

  @Test
  void anotherThreadThatSendsKnowsTheType() throws Exception {
    byte[] id = cluster.submit(DELTA);
    Threads.run(
        1,
        thread -> {
          cluster.transmit(id, ASYNCHRONOUS, 500, B);
          return thread;
        });
    assertThat(cluster.peer(B).sent(MessageType.DELTA, false)).isEqualTo(1);
  }

  @Test
  void aReplicatedMapsMessageIsOneWhateverWasSentBefore() {
    cluster.submit(DELTA);
    byte[] id = cluster.newId();
    woven.channelSending(true);
    woven.messageIdentified(id);
    woven.channelSent(false);
    cluster.transmit(id, ASYNCHRONOUS, 500, B);
    assertThat(cluster.peer(B).sent(MessageType.MAP, false)).isEqualTo(1);
    assertThat(allSent(cluster.peer(B))).isEqualTo(1);
  }

  /** Below the channel, interceptors make messages of their own; they are not the application's. */
  @Test
  void aSecondIdOfTheSameSubmissionIsOther() {
    byte[] first = cluster.newId();
    byte[] second = cluster.newId();
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.channelSending(false);
    woven.messageIdentified(first);
    woven.messageIdentified(second);
    woven.channelSent(false);
    woven.clusterSent();
    cluster.transmit(first, ASYNCHRONOUS, 1, B);
    cluster.transmit(second, ASYNCHRONOUS, 1, B);
    assertThat(cluster.peer(B).sent(MessageType.DELTA, false)).isEqualTo(1);
    assertThat(cluster.peer(B).sent(MessageType.OTHER, false)).isEqualTo(1);
  }

  /** Such as by an interceptor that cannot encrypt. Twice as many as find room. */
  @Test
  void whatTheChannelRefusesTakesNoRoom() {
    for (int i = 0; i < 300_000; i++) {
      woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
      woven.channelSending(false);
      woven.messageIdentified(cluster.newId());
      woven.channelSent(true);
      woven.clusterSent();
    }
    assertThat(recorder.inFlightSaturated()).isFalse();
  }

  @Test
  void anIdMadeAfterASubmissionWithoutOneIsOther() {
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.channelSending(false);
    woven.channelSent(false);
    woven.clusterSent();
    byte[] id = cluster.newId();
    woven.messageIdentified(id);
    cluster.transmit(id, ASYNCHRONOUS, 1, B);
    assertThat(cluster.peer(B).sent(MessageType.OTHER, false)).isEqualTo(1);
  }

  @Test
  void aConnectionThatFailsLeavesTheOthersUntried() {
    cluster.transmitting(cluster.submit(DELTA), SYNCHRONOUS_ACK, 500, B, C, D);
    woven.transmissionFailed(C, PORT, new ConnectException());
    woven.transmitted(new ChannelException("failed"));
    assertThat(cluster.peer(C).failed(SendFailure.CONNECT)).isEqualTo(1);
    assertThat(cluster.peer(B).failed(SendFailure.NOT_TRIED)).isEqualTo(1);
    assertThat(cluster.peer(D).failed(SendFailure.NOT_TRIED)).isEqualTo(1);
    for (byte[] host : new byte[][] {B, C, D}) {
      assertThat(allSent(cluster.peer(host))).isZero();
      assertThat(allFailed(cluster.peer(host))).isEqualTo(1);
      assertThat(cluster.peer(host).sentBytes()).isZero();
    }
    assertThat(count(cluster.record().sends())).isEqualTo(1);
  }

  @Test
  void aWrittenMessageWhoseAcknowledgementIsLateMayHaveArrived() {
    cluster.transmitting(cluster.submit(DELTA), SYNCHRONOUS_ACK, 500, B, C);
    woven.transmissionWritten(B, PORT);
    woven.transmissionWritten(C, PORT);
    woven.transmissionCompleted(C, PORT);
    woven.transmissionFailed(B, PORT, new ChannelException("timed out"));
    woven.transmitted(new ChannelException("failed"));
    assertThat(cluster.peer(B).failed(SendFailure.NO_ACK)).isEqualTo(1);
    assertThat(allFailed(cluster.peer(B))).isEqualTo(1);
    assertThat(cluster.peer(C).sent(MessageType.DELTA, true)).isEqualTo(1);
    assertThat(allFailed(cluster.peer(C))).isZero();
  }

  @Test
  void twoChannelsAreToldApartByTheLocalAddress() {
    Object second = new Object();
    woven.channelStarting(second);
    ChannelRecord first = cluster.record();
    ChannelRecord other = recorder.channels().all().get(1);
    first.setLocalKey(MemberKey.of(LOCAL, PORT));
    other.setLocalKey(MemberKey.of(LOCAL, PORT + 1));
    byte[] id = cluster.submit(DELTA);
    woven.transmitting(LOCAL, PORT + 1, id, 0, ASYNCHRONOUS, 500, 1);
    woven.transmittingTo(B, PORT);
    woven.transmissionCompleted(B, PORT);
    transmitted();
    assertThat(allSent(other.member(B, PORT))).isEqualTo(1);
    assertThat(allSent(first.member(B, PORT))).isZero();
    assertThat(count(first.sends())).isZero();
  }

  @Test
  void withoutAChannelNothingIsCounted() {
    woven.channelStopped(cluster.channel);
    cluster.transmit(cluster.submit(DELTA), ASYNCHRONOUS, 500, B);
    woven.channelStarting(cluster.channel);
    assertThat(allSent(cluster.peer(B))).isZero();
    assertThat(count(cluster.record().sends())).isZero();
  }

  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  private void transmitted() {
    woven.transmitted(null);
  }

  private static long allSent(PeerRecord peer) {
    long sum = 0;
    for (MessageType type : MessageType.values()) {
      sum += peer.sent(type, false) + peer.sent(type, true);
    }
    return sum;
  }

  private static long allFailed(PeerRecord peer) {
    long sum = 0;
    for (SendFailure reason : SendFailure.values()) {
      sum += peer.failed(reason);
    }
    return sum;
  }
}
