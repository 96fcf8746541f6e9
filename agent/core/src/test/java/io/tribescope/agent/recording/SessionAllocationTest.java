package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACKNOWLEDGED;
import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.EXPIRED;
import static io.tribescope.agent.recording.RecordedCluster.ID_CHANGED;
import static io.tribescope.agent.recording.RecordedCluster.LOCAL;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.FailoverOrigin;
import io.tribescope.agent.recording.sessions.FailoverOutcome;
import io.tribescope.agent.recording.sessions.RequestOutcome;
import io.tribescope.agent.recording.sessions.SessionKey;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the hooks record of sessions costs no memory either, once the table is there. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
class SessionAllocationTest {
  private static final long ALL = 2L * Allocations.ROUNDS;
  private static final String OF_B = "ABCDEF0123456789ABCDEF0123456789.node2";

  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();
  private final Object channel = cluster.channel;
  private final IOException failure = new IOException();
  private final byte[] id = new byte[16];

  /** More sessions than are in a processor's caches, so that entries come and go. */
  private final String[] sessions = new String[1000];

  private int next;

  SessionAllocationTest() {
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = String.format("%032X.node2", i);
    }
  }

  @BeforeEach
  void knowTheOffset() {
    long now = cluster.clock.nanos();
    cluster
        .peer(B)
        .clock()
        .accept(now, now, now, now, System.nanoTime(), TimeUnit.HOURS.toNanos(1));
  }

  @ParameterizedTest
  @ValueSource(ints = {ACKNOWLEDGED, ASYNCHRONOUS})
  void aChangeOnItsWayToThree(int options) {
    Allocations.assertNone(
        () -> {
          submit(DELTA, session());
          woven.transmitting(LOCAL, PORT, id, 1_700_000_000_000L, options, 500, 3);
          woven.transmittingTo(B, PORT);
          woven.transmittingTo(C, PORT);
          woven.transmittingTo(D, PORT);
          woven.transmissionCompleted(B, PORT);
          woven.transmissionCompleted(C, PORT);
          woven.transmissionCompleted(D, PORT);
          woven.transmitted(null);
        });
    SessionsAtRisk risk = cluster.record().sessionsAtRisk();
    assertThat(risk.unconfirmed(context)).isEqualTo(options == ASYNCHRONOUS ? 1000 : 0);
    assertThat(cluster.peer(D).sent(MessageType.DELTA, options == ACKNOWLEDGED)).isEqualTo(ALL);
  }

  @Test
  void aChangeThatFails() {
    Allocations.assertNone(
        () -> {
          submit(DELTA, session());
          woven.transmitting(LOCAL, PORT, id, 1_700_000_000_000L, ACKNOWLEDGED, 500, 2);
          woven.transmittingTo(B, PORT);
          woven.transmittingTo(C, PORT);
          woven.transmissionFailed(B, PORT, failure);
          woven.transmitted(failure);
        });
    assertThat(cluster.record().sessionsAtRisk().unreplicated(context)).isEqualTo(1000);
    assertThat(cluster.record().sessionsAtRisk().missed(context, cluster.peer(D))).isEqualTo(1000);
  }

  @Test
  void aRequest() {
    Allocations.assertNone(
        () -> {
          String session = session();
          woven.isForeign(channel, CONTEXT, session);
          woven.requestEnding();
          woven.requestCompleting(channel, CONTEXT);
          woven.deltaSerialized(300, null);
          submit(DELTA, session);
          woven.requestEnded();
        });
    assertThat(context.requests(RequestOutcome.REPLICATED)).isEqualTo(ALL);
    assertThat(context.deltaBytes().sum()).isEqualTo(300.0 * ALL);
  }

  @Test
  void aRequestWithoutMembers() {
    Allocations.assertNone(() -> woven.requestUnsent(channel, CONTEXT, session(), true));
    assertThat(context.requests(RequestOutcome.NO_MEMBERS)).isEqualTo(ALL);
    assertThat(cluster.record().sessionsAtRisk().unreplicated(context)).isEqualTo(1000);
  }

  @Test
  void aSessionsLife() {
    Allocations.assertNone(
        () -> {
          woven.sessionCreated(channel, CONTEXT, SESSION);
          woven.sessionRenaming(channel, CONTEXT, SESSION, OF_B);
          submit(ID_CHANGED, SESSION);
          submit(EXPIRED, OF_B);
          woven.sessionExpired(channel, CONTEXT, OF_B);
        });
    assertThat(cluster.record().sessionsAtRisk().unconfirmed(context)).isZero();
  }

  @Test
  void aFailover() {
    cluster.peer(B).setRouteHash(SessionKey.ofRoute("node2"));
    Allocations.assertNone(
        () -> {
          String session = session();
          woven.isForeign(channel, CONTEXT, session);
          woven.failedOver(channel, CONTEXT, session, true, false);
          woven.sessionTaken(channel, CONTEXT, session);
          woven.sessionExpired(channel, CONTEXT, session);
        });
    cluster.drop(B);
    long decided = context.failovers(FailoverOutcome.RECOVERED, FailoverOrigin.DOWN);
    assertThat(decided).isEqualTo(8192);
    assertThat(context.failovers(FailoverOutcome.RECOVERED, FailoverOrigin.UNKNOWN))
        .isEqualTo(ALL - decided);
  }

  /** It was this node's, and becomes that node's each time. */
  @Test
  void aDeltaThatComesForATrackedSession() {
    Allocations.assertNone(
        () -> {
          String session = session();
          submit(DELTA, session);
          woven.received(channel, B, PORT, nextId(), System.currentTimeMillis(), 500);
          woven.clusterReceived(DELTA);
          woven.managerReached();
          woven.sessionMessageHandling(channel, CONTEXT, B, PORT, DELTA, session);
          woven.sessionMet();
          woven.sessionMessageHandled(null);
          woven.sessionMessageDone();
          woven.managerReturned();
          woven.receiveEnded();
        });
    assertThat(cluster.peer(B).received(MessageType.DELTA)).isEqualTo(ALL);
    assertThat(cluster.record().sessionsAtRisk().unconfirmed(context)).isZero();
  }

  private void submit(int event, String session) {
    woven.clusterSending(channel, event, CONTEXT, session);
    woven.channelSending(false);
    woven.messageIdentified(nextId());
    woven.channelSent(false);
    woven.clusterSent();
  }

  private String session() {
    next = (next + 1) % sessions.length;
    return sessions[next];
  }

  private byte[] nextId() {
    for (int i = 0; ++id[i] == 0; i++) {
      // carries
    }
    return id;
  }
}
