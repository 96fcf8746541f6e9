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

import io.tribescope.agent.recording.counters.Distribution;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.RequestOutcome;
import java.io.IOException;
import java.io.NotSerializableException;
import org.junit.jupiter.api.Test;

/** What became of a request's session when the request had ended. */
class RecorderRequestTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();

  private void endRequest(Runnable within) {
    woven.requestEnding();
    woven.requestCompleting(cluster.channel, CONTEXT);
    within.run();
    woven.requestEnded();
  }

  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  private void serialized(int bytes) {
    woven.deltaSerialized(bytes, null);
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
                  woven.transmissionCompleted(C, PORT);
                  woven.transmissionFailed(B, PORT, new IOException());
                }));
    assertOnly(RequestOutcome.REPLICATED);
  }

  @Test
  void whatReachedNobodyFailed() {
    endRequest(() -> send(() -> woven.transmissionFailed(B, PORT, new IOException())));
    assertOnly(RequestOutcome.FAILED);
  }

  /** A synchronous send to both, which throws. */
  private void send(Runnable outcome) {
    serialized(300);
    byte[] id = cluster.newId();
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.channelSending(false);
    woven.messageIdentified(id);
    cluster.transmitting(id, ACKNOWLEDGED, 500, B, C);
    outcome.run();
    woven.transmitted(new IOException());
    woven.channelSent(true);
    woven.clusterSent();
  }

  @Test
  void whatTheChannelWouldNotTakeFailed() {
    endRequest(
        () -> {
          serialized(300);
          woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
          woven.channelSending(false);
          woven.messageIdentified(cluster.newId());
          woven.channelSent(true);
          woven.clusterSent();
        });
    assertOnly(RequestOutcome.FAILED);
  }

  @Test
  void whatCannotBeSerializedFailed() {
    endRequest(() -> woven.deltaSerialized(0, new NotSerializableException("secret")));
    assertOnly(RequestOutcome.FAILED);
    assertThat(context.serializationFailures()).containsOnlyKeys("other").containsValue(1L);
    assertThat(sum(context.deltaBytes())).isZero();
  }

  @Test
  void whenTheLastMemberLeavesMeanwhileThereIsNobodyToSendTo() {
    endRequest(
        () -> {
          serialized(300);
          woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
          woven.clusterSent();
        });
    assertOnly(RequestOutcome.NO_MEMBERS);
  }

  @Test
  void withoutMembersTheValveDropsTheChangeOfEachRequest() {
    woven.requestUnsent(cluster.channel, CONTEXT, SESSION, true);
    assertOnly(RequestOutcome.NO_MEMBERS);
    woven.requestUnsent(cluster.channel, CONTEXT, SESSION, false);
    assertThat(context.requests(RequestOutcome.NO_MEMBERS)).isEqualTo(2);
  }

  @Test
  void eachRequestIsJudgedByItself() {
    endRequest(() -> send(() -> woven.transmissionFailed(B, PORT, new IOException())));
    endRequest(() -> woven.deltaSerialized(0, new IOException()));
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
    woven.requestEnding();
    woven.requestEnded();
    woven.requestEnding();
    woven.requestCompleting(cluster.channel, "localhost#/other");
    woven.requestEnded();
    for (RequestOutcome outcome : RequestOutcome.values()) {
      assertThat(context.requests(outcome)).isZero();
    }
  }

  /** A session that expires has its last changes sent; no request has ended for that. */
  @Test
  void aChangeThatIsSentOutsideOfARequestIsNoRequest() {
    woven.requestCompleting(cluster.channel, CONTEXT);
    serialized(300);
    cluster.submit(DELTA);
    woven.requestEnded();
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
