package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ALL_SESSION_DATA;
import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.GET_ALL_SESSIONS;
import static io.tribescope.agent.recording.RecordedCluster.NO_CONTEXT_MANAGER;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static io.tribescope.agent.recording.RecordedCluster.TRANSFER_COMPLETE;
import static io.tribescope.agent.recording.RecordedCluster.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.TransferOutcome;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** State transfers: how each ended, and how many sessions came and went. */
class RecorderTransferTest {
  private static final String OTHER_SESSION = "FEDCBA9876543210FEDCBA9876543210.node1";

  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;

  private ContextRecord context() {
    return Objects.requireNonNull(cluster.record().contexts().find(CONTEXT));
  }

  private void begin() {
    woven.stateTransferStarting(cluster.channel, cluster.manager, CONTEXT, "node1");
  }

  private void end() {
    woven.stateTransferEnded();
  }

  /** So many sessions arrive in one message. */
  private void comes(int event, int sessions, @Nullable Throwable failure) {
    cluster.received(B, cluster.newId(), 0, 5000);
    woven.clusterReceived(event);
    woven.managerReached();
    for (int i = 0; i < sessions; i++) {
      woven.sessionMet();
    }
    stateMessageHandled(event, failure);
    woven.managerReturned();
    woven.receiveEnded();
  }

  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  private void stateMessageHandled(int event, @Nullable Throwable failure) {
    woven.stateMessageHandled(cluster.channel, CONTEXT, event, failure);
  }

  private void assertOnly(TransferOutcome outcome, long received) {
    for (TransferOutcome each : TransferOutcome.values()) {
      assertThat(context().transfers(each)).as("%s", each).isEqualTo(each == outcome ? 1 : 0);
    }
    assertThat(context().sessionsReceived()).isEqualTo(received);
  }

  @Test
  void withNobodyToAskItIsTheFirstNode() {
    begin();
    end();
    assertOnly(TransferOutcome.FIRST_NODE, 0);
  }

  @Test
  void whatComesWholeIsComplete() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(ALL_SESSION_DATA, 7, null);
    comes(ALL_SESSION_DATA, 5, null);
    comes(TRANSFER_COMPLETE, 0, null);
    end();
    assertOnly(TransferOutcome.COMPLETE, 12);
    assertThat(count((Durations) context().transferDurations())).isEqualTo(1);
  }

  @Test
  void aDonorWithoutSessionsIsComplete() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(ALL_SESSION_DATA, 0, null);
    comes(TRANSFER_COMPLETE, 0, null);
    end();
    assertOnly(TransferOutcome.COMPLETE, 0);
  }

  @Test
  void aDonorWhoseSessionsNeverArrivedIsIncomplete() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(TRANSFER_COMPLETE, 0, null);
    end();
    assertOnly(TransferOutcome.INCOMPLETE, 0);
  }

  @Test
  void whatCannotBeReadBackIsIncomplete() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(ALL_SESSION_DATA, 3, new ClassNotFoundException());
    comes(ALL_SESSION_DATA, 5, null);
    comes(TRANSFER_COMPLETE, 0, null);
    end();
    assertOnly(TransferOutcome.INCOMPLETE, 8);
  }

  @Test
  void aDonorThatNeverFinishesIsATimeout() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(ALL_SESSION_DATA, 3, null);
    end();
    assertOnly(TransferOutcome.TIMEOUT, 3);
  }

  @Test
  void aDonorWithoutTheContextHasNone() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(NO_CONTEXT_MANAGER, 0, null);
    end();
    assertOnly(TransferOutcome.NO_CONTEXT, 0);
  }

  /** Tomcat itself keeps noContextManagerReceived for ever. */
  @Test
  void theNextTransferBeginsAfresh() {
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(NO_CONTEXT_MANAGER, 0, null);
    comes(ALL_SESSION_DATA, 0, new ClassNotFoundException());
    end();
    begin();
    cluster.submit(GET_ALL_SESSIONS);
    comes(ALL_SESSION_DATA, 1, null);
    comes(TRANSFER_COMPLETE, 0, null);
    end();
    assertThat(context().transfers(TransferOutcome.NO_CONTEXT)).isEqualTo(1);
    assertThat(context().transfers(TransferOutcome.COMPLETE)).isEqualTo(1);
    assertThat(count((Durations) context().transferDurations())).isEqualTo(2);
  }

  @Test
  void theDonorCountsWhatWasHandedOver() {
    ContextRecord context = cluster.startContext();
    cluster.transmit(cluster.give(B, SESSION, OTHER_SESSION), ASYNCHRONOUS, 5000, B);
    assertThat(context.sessionsSent()).isEqualTo(2);
    cluster.transmit(cluster.give(B, SESSION), ASYNCHRONOUS, 5000, B);
    assertThat(context.sessionsSent()).isEqualTo(3);
    assertThat(context.sessionsReceived()).isZero();
  }

  @Test
  void whatCouldNotBeSentWasNotGiven() {
    ContextRecord context = cluster.startContext();
    cluster.transmitInVain(cluster.give(B, SESSION, OTHER_SESSION), B);
    assertThat(context.sessionsSent()).isZero();
  }

  @Test
  void whatElseATransferSendsCarriesNoSessions() {
    ContextRecord context = cluster.startContext();
    cluster.transmit(cluster.submit(TRANSFER_COMPLETE), ASYNCHRONOUS, 500, B);
    cluster.transmit(cluster.submit(GET_ALL_SESSIONS), ASYNCHRONOUS, 500, B);
    assertThat(context.sessionsSent()).isZero();
  }

  @Test
  void whatOneContextGivesIsNotAnothers() {
    ContextRecord first = cluster.startContext();
    woven.stateTransferStarting(cluster.channel, this, "localhost#/b", "node1");
    ContextRecord second = Objects.requireNonNull(cluster.record().contexts().find("localhost#/b"));
    cluster.transmit(cluster.give(B, SESSION), ASYNCHRONOUS, 5000, B);
    assertThat(first.sessionsSent()).isEqualTo(1);
    assertThat(second.sessionsSent()).isZero();
  }
}
