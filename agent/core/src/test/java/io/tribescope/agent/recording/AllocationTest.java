package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.LOCAL;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.members.MembershipEvent;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.SendFailure;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hooks record costs no memory, once thread and peers are known. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
class AllocationTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final Object tomcatChannel = cluster.channel;
  private final byte[] id = new byte[16];
  private long timestamp = System.currentTimeMillis();

  @BeforeEach
  void knowTheOffset() {
    long now = cluster.clock.nanos();
    cluster
        .peer(B)
        .clock()
        .accept(now, now, now, now, System.nanoTime(), TimeUnit.HOURS.toNanos(1));
  }

  @Test
  void submitting() {
    Allocations.assertNone(
        () -> {
          woven.clusterSending(tomcatChannel, DELTA, CONTEXT, SESSION);
          woven.channelSending(false);
          woven.messageIdentified(nextId());
          woven.channelSent(false);
          woven.clusterSent();
        });
  }

  @Test
  void transmitting() {
    Allocations.assertNone(
        () -> {
          woven.channelSending(false);
          woven.messageIdentified(nextId());
          woven.channelSent(false);
          woven.transmitting(LOCAL, PORT, id, timestamp++, 6, 500, 3);
          woven.transmittingTo(B, PORT);
          woven.transmittingTo(C, PORT);
          woven.transmittingTo(D, PORT);
          woven.transmissionWritten(B, PORT);
          woven.transmissionCompleted(B, PORT);
          woven.transmissionCompleted(C, PORT);
          woven.transmissionCompleted(D, PORT);
          woven.transmitted(null);
        });
    assertThat(cluster.peer(B).sentBytes()).isEqualTo(2L * Allocations.ROUNDS * 500);
    // A message each millisecond.
    assertThat(cluster.peer(B).sentTally().certain.read(timestamp / 1000 - 1).count)
        .isEqualTo(1000);
  }

  @Test
  void failing() {
    Exception failure = new java.net.ConnectException();
    Allocations.assertNone(
        () -> {
          woven.transmitting(LOCAL, PORT, nextId(), timestamp++, 6, 500, 2);
          woven.transmittingTo(B, PORT);
          woven.transmittingTo(C, PORT);
          woven.transmissionFailed(B, PORT, failure);
          woven.transmitted(failure);
        });
    assertThat(cluster.peer(C).failed(SendFailure.NOT_TRIED)).isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void receiving() {
    Allocations.assertNone(
        () -> {
          woven.received(tomcatChannel, B, PORT, nextId(), timestamp, 500);
          woven.clusterReceived(DELTA);
          woven.managerReached();
          woven.sessionMessageHandling(tomcatChannel, CONTEXT, B, PORT, DELTA, SESSION);
          woven.sessionMet();
          woven.sessionMet();
          woven.sessionMessageHandled(null);
          woven.sessionMessageDone();
          woven.managerReturned();
          woven.receiveEnded();
        });
    cluster.clockHolds(B);
    long known = RecordedCluster.count(cluster.peer(B).lags().known());
    // A thread that loses its processor between two clocks' readings takes this for a step.
    assertThat(known).isPositive();
    assertThat(known + cluster.peer(B).lags().unknown()).isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void discarding() {
    Allocations.assertNone(
        () -> {
          // No context, then no session, then put aside, then taken up again.
          woven.received(tomcatChannel, B, PORT, nextId(), 0, 500);
          woven.clusterReceived(DELTA);
          woven.receiveEnded();
          woven.received(tomcatChannel, B, PORT, nextId(), 0, 500);
          woven.clusterReceived(DELTA);
          woven.managerReached();
          woven.sessionMessageHandled(null);
          woven.receiveEnded();
          woven.received(tomcatChannel, B, PORT, nextId(), 0, 500);
          woven.clusterReceived(DELTA);
          woven.managerReached();
          woven.managerReturned();
          woven.receiveEnded();
          woven.sessionMessageHandling(tomcatChannel, CONTEXT, B, PORT, DELTA, SESSION);
          woven.sessionMet();
          woven.sessionMessageHandled(null);
          woven.sessionMessageDone();
        });
    assertThat(cluster.peer(B).discarded(Discard.NO_CONTEXT)).isEqualTo(2L * Allocations.ROUNDS);
    assertThat(cluster.peer(B).discarded(Discard.NO_SESSION)).isEqualTo(2L * Allocations.ROUNDS);
    assertThat(cluster.peer(B).aside()).isZero();
  }

  @Test
  void membership() {
    Allocations.assertNone(
        () -> {
          woven.memberSuspected(B, PORT);
          woven.memberVerified(B, PORT, true);
          woven.memberDisappeared(tomcatChannel, B, PORT, id, false);
          woven.memberAdded(tomcatChannel, B, PORT, id);
        });
    assertThat(cluster.record().events(MembershipEvent.SUSPECTED))
        .isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void queueing() {
    Object dispatcher = new Object();
    Allocations.assertNone(
        () -> {
          woven.channelSending(false);
          woven.messageIdentified(nextId());
          woven.channelSent(false);
          woven.queueing(dispatcher, LOCAL, PORT);
          woven.queueTaken(dispatcher);
          woven.transmitting(LOCAL, PORT, id, timestamp, 8, 500, 0);
          woven.transmitted(null);
          woven.queueing(dispatcher, LOCAL, PORT);
          woven.queueRefused(dispatcher, false);
          woven.queueFull(LOCAL, PORT, id);
        });
    assertThat(cluster.record().queue().messages()).isZero();
    assertThat(cluster.record().queue().discardedFull()).isEqualTo(2L * Allocations.ROUNDS);
    assertThat(RecordedCluster.count(cluster.record().queue().waits()))
        .isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void receiverWaiting() {
    Allocations.assertNone(
        () -> {
          woven.receiverWaiting();
          woven.receiverServed();
        });
  }

  private byte[] nextId() {
    for (int i = 0; ++id[i] == 0; i++) {
      // carries
    }
    return id;
  }
}
