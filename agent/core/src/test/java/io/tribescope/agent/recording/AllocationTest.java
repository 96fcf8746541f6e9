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

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Events;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hooks record costs no memory, once thread and peers are known. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
class AllocationTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final Object tomcatChannel = cluster.channel;
  private final byte[] id = new byte[16];
  private long timestamp = System.currentTimeMillis();

  @BeforeEach
  void connect() {
    Bridge.connect(cluster.recorder);
    long now = cluster.clock.nanos();
    cluster
        .peer(B)
        .clock()
        .accept(now, now, now, now, System.nanoTime(), TimeUnit.HOURS.toNanos(1));
  }

  @AfterEach
  void disconnect() {
    Bridge.connect(new Events() {});
  }

  @Test
  void submitting() {
    Allocations.assertNone(
        () -> {
          Bridge.clusterSending(tomcatChannel, DELTA, CONTEXT, SESSION);
          Bridge.channelSending(false);
          Bridge.messageIdentified(nextId());
          Bridge.channelSent(false);
          Bridge.clusterSent(tomcatChannel);
        });
  }

  @Test
  void transmitting() {
    Allocations.assertNone(
        () -> {
          Bridge.channelSending(false);
          Bridge.messageIdentified(nextId());
          Bridge.transmitting(LOCAL, PORT, id, timestamp++, 6, 500);
          Bridge.transmittingTo(B, PORT);
          Bridge.transmittingTo(C, PORT);
          Bridge.transmittingTo(D, PORT);
          Bridge.transmissionWritten(B, PORT);
          Bridge.transmissionCompleted(B, PORT);
          Bridge.transmissionCompleted(C, PORT);
          Bridge.transmissionCompleted(D, PORT);
          Bridge.transmitted(null);
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
          Bridge.transmitting(LOCAL, PORT, nextId(), timestamp++, 6, 500);
          Bridge.transmittingTo(B, PORT);
          Bridge.transmittingTo(C, PORT);
          Bridge.transmissionFailed(B, PORT, failure);
          Bridge.transmitted(failure);
        });
    assertThat(cluster.peer(C).failed(SendFailure.NOT_TRIED)).isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void receiving() {
    Allocations.assertNone(
        () -> {
          Bridge.received(tomcatChannel, B, PORT, nextId(), timestamp, 500);
          Bridge.clusterReceived(DELTA);
          Bridge.managerReached();
          Bridge.sessionMessageHandling(tomcatChannel, CONTEXT, B, PORT, DELTA, SESSION);
          Bridge.sessionMet();
          Bridge.sessionMet();
          Bridge.sessionMessageHandled(null);
          Bridge.sessionMessageDone();
          Bridge.managerReturned();
          Bridge.receiveEnded();
        });
    cluster.clockHolds(B);
    long known = RecordedCluster.count(cluster.peer(B).lag());
    // A thread that loses its processor between two clocks' readings takes this for a step.
    assertThat(known).isPositive();
    assertThat(known + cluster.peer(B).lagUnknown()).isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void discarding() {
    Allocations.assertNone(
        () -> {
          // No context, then no session, then put aside, then taken up again.
          Bridge.received(tomcatChannel, B, PORT, nextId(), 0, 500);
          Bridge.clusterReceived(DELTA);
          Bridge.receiveEnded();
          Bridge.received(tomcatChannel, B, PORT, nextId(), 0, 500);
          Bridge.clusterReceived(DELTA);
          Bridge.managerReached();
          Bridge.sessionMessageHandled(null);
          Bridge.receiveEnded();
          Bridge.received(tomcatChannel, B, PORT, nextId(), 0, 500);
          Bridge.clusterReceived(DELTA);
          Bridge.managerReached();
          Bridge.managerReturned();
          Bridge.receiveEnded();
          Bridge.sessionMessageHandling(tomcatChannel, CONTEXT, B, PORT, DELTA, SESSION);
          Bridge.sessionMet();
          Bridge.sessionMessageHandled(null);
          Bridge.sessionMessageDone();
        });
    assertThat(cluster.peer(B).discarded(Discard.NO_CONTEXT)).isEqualTo(2L * Allocations.ROUNDS);
    assertThat(cluster.peer(B).discarded(Discard.NO_SESSION)).isEqualTo(2L * Allocations.ROUNDS);
    assertThat(cluster.peer(B).aside()).isZero();
  }

  @Test
  void membership() {
    Allocations.assertNone(
        () -> {
          Bridge.memberSuspected(B, PORT);
          Bridge.memberVerified(B, PORT, true);
          Bridge.memberDisappeared(tomcatChannel, B, PORT, id, false);
          Bridge.memberAdded(tomcatChannel, B, PORT, id);
        });
    assertThat(cluster.record().events(MembershipEvent.SUSPECTED))
        .isEqualTo(2L * Allocations.ROUNDS);
  }

  @Test
  void queueing() {
    Object dispatcher = new Object();
    Allocations.assertNone(
        () -> {
          Bridge.channelSending(false);
          Bridge.messageIdentified(nextId());
          Bridge.queueing(dispatcher, LOCAL, PORT);
          Bridge.queueTaken(dispatcher);
          Bridge.transmitting(LOCAL, PORT, id, timestamp, 8, 500);
          Bridge.transmitted(null);
          Bridge.queueing(dispatcher, LOCAL, PORT);
          Bridge.queueRefused(dispatcher, false);
          Bridge.queueFull(LOCAL, PORT, id);
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
          Bridge.receiverWaiting();
          Bridge.receiverServed();
        });
  }

  private byte[] nextId() {
    for (int i = 0; ++id[i] == 0; i++) {
      // carries
    }
    return id;
  }
}
