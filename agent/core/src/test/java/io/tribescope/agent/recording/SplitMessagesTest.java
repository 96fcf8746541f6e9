package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.sessions.ContextRecord;
import java.io.IOException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;

/**
 * What is said of a session whose message an interceptor split: each part goes to the network under
 * the message's id, and the other node has the change only when it got all of them.
 */
class SplitMessagesTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final ContextRecord context = cluster.startContext();

  private long missed(byte[] host) {
    return cluster.record().sessionsAtRisk().missed(context, cluster.peer(host));
  }

  @Test
  void partsThatAllArriveAreOneChangeThatAllHold() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmit(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.transmit(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.assertAtRisk(context, 0, 0);
    assertThat(missed(B) + missed(C) + missed(D)).isZero();
  }

  @Test
  void whereALaterPartIsRefusedNobodyHoldsTheChange() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmit(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.transmitInVain(message, B, C, D);
    cluster.assertAtRisk(context, 1, 1);
    assertThat(missed(B) + missed(C) + missed(D)).isEqualTo(3);
  }

  @Test
  void whereALaterPartMayBeLostTheChangeIsConfirmedByTheOthersOnly() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmit(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.woven.transmissionCompleted(C, PORT);
    cluster.woven.transmissionCompleted(D, PORT);
    cluster.woven.transmissionWritten(B, PORT);
    cluster.woven.transmissionFailed(B, PORT, new SocketTimeoutException());
    cluster.woven.transmitted(new IOException());
    cluster.assertAtRisk(context, 0, 0);
    assertThat(missed(B)).as("it may lack the change").isEqualTo(1);
    cluster.leave(C);
    cluster.leave(D);
    cluster.assertAtRisk(context, 0, 1);
  }

  @Test
  void aLaterPartThatArrivesMendsNothing() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmitInVain(message, B, C, D);
    cluster.transmit(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.assertAtRisk(context, 1, 1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    cluster.assertAtRisk(context, 0, 0);
  }

  /** Two sessions for one member, in two parts: two were sent. */
  @Test
  void aStateTransferCountsItsSessionsOnce() {
    byte[] message = cluster.give(B, SESSION, "A.node1");
    cluster.transmit(message, ACKNOWLEDGED, 500, B);
    cluster.transmit(message, ACKNOWLEDGED, 500, B);
    assertThat(context.sessionsSent()).isEqualTo(2);
  }
}
