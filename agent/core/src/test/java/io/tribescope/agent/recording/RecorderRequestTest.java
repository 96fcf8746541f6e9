package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACCESSED;
import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.NotSerializableException;
import org.junit.jupiter.api.Test;

/** What became of a request's session when the request had ended. */
class RecorderRequestTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final Recorder recorder = cluster.recorder;
  private final ContextRecord context = cluster.startContext();

  private void endRequest(Runnable within) {
    recorder.requestEnding();
    recorder.requestCompleting(cluster.channel, CONTEXT);
    within.run();
    recorder.requestEnded();
  }

  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  private void serialized(int bytes) {
    recorder.deltaSerialized(bytes, null);
  }

  private void assertOnly(RequestOutcome outcome) {
    for (RequestOutcome each : RequestOutcome.values()) {
      assertThat(context.requests(each)).as("%s", each).isEqualTo(each == outcome ? 1 : 0);
    }
  }

  @Test
  void withoutAChangeItIsUnchangedAlsoWhenTheAccessIsTold() {
    endRequest(() -> cluster.transmit(cluster.submit(ACCESSED), ACKNOWLEDGED, 100, B, C));
    assertOnly(RequestOutcome.UNCHANGED);
    endRequest(() -> {});
    assertThat(context.requests(RequestOutcome.UNCHANGED)).isEqualTo(2);
    assertThat(sum(context.deltaBytes())).isZero();
  }

  @Test
  void whatWaitsToBeSentIsReplicated() {
    endRequest(
        () -> {
          serialized(300);
          cluster.submit(DELTA);
        });
    assertOnly(RequestOutcome.REPLICATED);
    assertThat(context.deltaBytes().sum()).isEqualTo(300);
    assertThat(sum(context.deltaBytes())).isEqualTo(1);
  }

  @Test
  void whatReachedOneOfTwoIsReplicated() {
    endRequest(
        () ->
            send(
                () -> {
                  recorder.transmissionCompleted(C, PORT);
                  recorder.transmissionFailed(B, PORT, new IOException());
                }));
    assertOnly(RequestOutcome.REPLICATED);
  }

  @Test
  void whatReachedNobodyFailed() {
    endRequest(() -> send(() -> recorder.transmissionFailed(B, PORT, new IOException())));
    assertOnly(RequestOutcome.FAILED);
  }

  /** A synchronous send to both, which throws. */
  private void send(Runnable outcome) {
    serialized(300);
    byte[] id = cluster.newId();
    recorder.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    recorder.channelSending(false);
    recorder.messageIdentified(id);
    cluster.transmitting(id, ACKNOWLEDGED, 500, B, C);
    outcome.run();
    recorder.transmitted(new IOException());
    recorder.channelSent(true);
    recorder.clusterSent(cluster.channel);
  }

  @Test
  void whatTheChannelWouldNotTakeFailed() {
    endRequest(
        () -> {
          serialized(300);
          recorder.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
          recorder.channelSending(false);
          recorder.messageIdentified(cluster.newId());
          recorder.channelSent(true);
          recorder.clusterSent(cluster.channel);
        });
    assertOnly(RequestOutcome.FAILED);
  }

  @Test
  void whatCannotBeSerializedFailed() {
    endRequest(() -> recorder.deltaSerialized(0, new NotSerializableException("secret")));
    assertOnly(RequestOutcome.FAILED);
    assertThat(context.serializationFailures()).containsOnlyKeys("other").containsValue(1L);
    assertThat(sum(context.deltaBytes())).isZero();
  }

  @Test
  void whenTheLastMemberLeavesMeanwhileThereIsNobodyToSendTo() {
    endRequest(
        () -> {
          serialized(300);
          recorder.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
          recorder.clusterSent(cluster.channel);
        });
    assertOnly(RequestOutcome.NO_MEMBERS);
  }

  @Test
  void withoutMembersTheValveDropsTheChangeOfEachRequest() {
    recorder.requestUnsent(cluster.channel, CONTEXT, SESSION, true);
    assertOnly(RequestOutcome.NO_MEMBERS);
    recorder.requestUnsent(cluster.channel, CONTEXT, SESSION, false);
    assertThat(context.requests(RequestOutcome.NO_MEMBERS)).isEqualTo(2);
  }

  @Test
  void eachRequestIsJudgedByItself() {
    endRequest(() -> send(() -> recorder.transmissionFailed(B, PORT, new IOException())));
    endRequest(() -> recorder.deltaSerialized(0, new IOException()));
    endRequest(() -> {});
    endRequest(
        () -> {
          serialized(300);
          cluster.submit(DELTA);
        });
    assertThat(context.requests(RequestOutcome.FAILED)).isEqualTo(2);
    assertThat(context.requests(RequestOutcome.UNCHANGED)).isEqualTo(1);
    assertThat(context.requests(RequestOutcome.REPLICATED)).isEqualTo(1);
  }

  @Test
  void aRequestWhoseSessionIsOfAnotherManagerIsNotCounted() {
    recorder.requestEnding();
    recorder.requestEnded();
    recorder.requestEnding();
    recorder.requestCompleting(cluster.channel, "localhost#/other");
    recorder.requestEnded();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      assertThat(context.requests(outcome)).isZero();
    }
  }

  /** A session that expires has its last changes sent; no request has ended for that. */
  @Test
  void aChangeThatIsSentOutsideOfARequestIsNoRequest() {
    recorder.requestCompleting(cluster.channel, CONTEXT);
    serialized(300);
    cluster.submit(DELTA);
    recorder.requestEnded();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      assertThat(context.requests(outcome)).isZero();
    }
    assertThat(context.deltaBytes().sum()).isEqualTo(300);
  }

  private static long sum(Distribution distribution) {
    long sum = 0;
    for (long count : distribution.counts()) {
      sum += count;
    }
    return sum;
  }
}
