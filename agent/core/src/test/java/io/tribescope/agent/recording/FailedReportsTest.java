package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.ID_CHANGED;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.sessions.ContextRecord;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is said of a session where a hook failed to report: its change may be with all, and nobody
 * has confirmed it. What comes after is told right again.
 */
class FailedReportsTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();

  private void assertAtRisk(long unreplicated, long unconfirmed) {
    cluster.assertAtRisk(context, unreplicated, unconfirmed);
  }

  private void hookFails(String hook) {
    cluster.recorder.failing().hookFailed(hook);
  }

  /** One of three could not be recorded: it was sent to, and nobody knows what became of it. */
  @Test
  void whereAReportFailedTheChangeMayBeWithAllAndNobodyHasConfirmedIt() {
    byte[] message = cluster.submit(DELTA);
    woven.transmitting(
        RecordedCluster.LOCAL, PORT, message, cluster.timestampMillis, ACKNOWLEDGED, 500, 3);
    woven.transmittingTo(B, PORT);
    woven.transmittingTo(C, PORT);
    woven.transmissionCompleted(B, PORT);
    woven.transmissionCompleted(C, PORT);
    woven.transmitted(new IOException());
    assertAtRisk(0, 1);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(D)))
        .as("it may lack that change, also when it has the next")
        .isEqualTo(1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 0);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(D))).isEqualTo(1);
  }

  /** Sent within the cluster's call, to some at least, and the channel threw for another. */
  @Test
  void whereTheBeginFailedAndTheChannelThrewTheChangeMayBeWithAll() {
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.channelSending(false);
    woven.messageIdentified(cluster.newId());
    cluster.recorder.transmitting().transmitted(null, new IOException());
    woven.channelSent(true);
    woven.clusterSent();
    assertAtRisk(0, 1);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(B))).isZero();
  }

  @Test
  void whereTheBeginFailedTheNextMessageIsNotTakenForThatOne() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B, C, D);
    cluster.recorder.transmitting().transmitted(null, null);
    assertAtRisk(0, 1);
    woven.transmissionCompleted(B, PORT);
    assertAtRisk(0, 1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 0);
  }

  /** The advice itself threw, before the event that it was to report could begin. */
  @ParameterizedTest
  @ValueSource(strings = {"transmit-peer", "transmit-peer-blocking", "transmit-ack-blocking"})
  void whereAPeersReportNeverBeganItMayHoldTheChangeThoughTheSendFailed(String hook) {
    byte[] message = cluster.submit(DELTA);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B, C, D);
    hookFails(hook);
    woven.transmitted(new IOException());
    assertAtRisk(0, 1);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(B)))
        .as("it may lack the change")
        .isEqualTo(1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 0);
  }

  @Test
  void whatIsLostOfOneMessageIsNotLostOfTheNext() {
    hookFails("transmit-peer");
    cluster.transmitInVain(cluster.submit(DELTA), B, C, D);
    assertAtRisk(1, 1);
  }

  /** Else it would be taken for a message that nobody was there to get. */
  @ParameterizedTest
  @ValueSource(strings = {"message-id", "channel-send", "cluster-send"})
  void whereTheMessageBecameUnknownItMayBeWithAll(String hook) {
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.channelSending(false);
    hookFails(hook);
    woven.channelSent(false);
    woven.clusterSent();
    assertAtRisk(0, 1);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(B)))
        .as("it may lack the change")
        .isEqualTo(1);
    Object dispatcher = new Object();
    woven.queueing(dispatcher, RecordedCluster.LOCAL, PORT);
    woven.queueStopped(dispatcher);
    assertAtRisk(0, 1);
  }

  /** Of the session that was renamed before, nothing is sent. */
  @Test
  void aRenameThatWasNotReportedIsNotTakenForTheOneBefore() {
    cluster.change("A.node1", ACKNOWLEDGED, B, C, D);
    woven.sessionRenaming(cluster.channel, CONTEXT, "A.node1", "B.node1");
    hookFails("session-rename");
    cluster.submit(ID_CHANGED, "C.node1");
    assertAtRisk(0, 0);
  }

  /** Its end never came: the thread's next sends are not taken for sends within it. */
  @Test
  void aSendWhoseEndWasLostLeavesTheNextOnesAlone() {
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, "A.node1");
    hookFails("cluster-send");
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 1);
    cluster.leave(B);
    cluster.leave(C);
    cluster.leave(D);
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    woven.clusterSent();
    assertAtRisk(1, 2);
  }

  @Test
  void anInnerSendWhoseBeginFailedDoesNotEndTheOuterOne() {
    woven.clusterSending(cluster.channel, DELTA, CONTEXT, SESSION);
    cluster.recorder.submitting().clusterSent(null);
    byte[] id = cluster.newId();
    woven.channelSending(false);
    woven.messageIdentified(id);
    woven.channelSent(false);
    woven.clusterSent();
    cluster.transmit(id, ACKNOWLEDGED, 500, B, C, D);
    assertAtRisk(0, 0);
  }

  @Test
  void sendsDeeperThanAreToldApartEndWithTheOutermost() {
    for (int i = 0; i < 7; i++) {
      woven.clusterSending(cluster.channel, DELTA, CONTEXT, i == 0 ? SESSION : "B.node1");
    }
    byte[] id = cluster.newId();
    woven.channelSending(false);
    woven.messageIdentified(id);
    woven.channelSent(false);
    for (int i = 0; i < 7; i++) {
      woven.clusterSent();
    }
    cluster.transmit(id, ASYNCHRONOUS, 500, B, C, D);
    assertAtRisk(0, 1);
    cluster.change(SESSION, ACKNOWLEDGED, B, C, D);
    assertAtRisk(0, 0);
  }

  /** What waits is lost with the queue; what left and was lost sight of does not wait. */
  @Test
  void aQueueThatStopsTakesNothingThatHadLeft() {
    Object dispatcher = new Object();
    woven.queueing(dispatcher, RecordedCluster.LOCAL, PORT);
    cluster.transmitting(cluster.submit(DELTA, "A.node1"), ASYNCHRONOUS, 500, B, C, D);
    cluster.recorder.transmitting().transmitted(null, null);
    cluster.submit(DELTA);
    assertAtRisk(0, 2);
    woven.queueStopped(dispatcher);
    assertAtRisk(1, 2);
  }
}
