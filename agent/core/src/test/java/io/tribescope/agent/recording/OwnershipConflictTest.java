package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ACCESSED;
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

import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.sessions.ContextRecord;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes that own one session: the change of the one overwrites that of the other. */
class OwnershipConflictTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();
  private final PeerRecord b = cluster.peer(B);

  @Test
  void aChangeByOneThatMissedOursIsAConflict() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    cluster.deliver(B, DELTA, SESSION, cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isEqualTo(1);
    assertThat(context.conflicts(cluster.peer(C))).isZero();
  }

  @Test
  void howeverOftenItIsChangedThereItIsOneConflictForEachChangeOfOurs() {
    for (int conflicts = 1; conflicts <= 2; conflicts++) {
      cluster.drop(B);
      cluster.change(SESSION, ASYNCHRONOUS, C, D);
      cluster.comeBack(B);
      for (int i = 0; i < 10; i++) {
        cluster.deliver(B, DELTA, SESSION, cluster.clock.wallMillis());
        assertThat(context.conflicts(b)).isEqualTo(conflicts);
      }
    }
  }

  @Test
  void oneWhoMayHaveGotOursIsNotSaidToHaveMissedIt() {
    byte[] message = cluster.submit(DELTA);
    cluster.transmitting(message, ACKNOWLEDGED, 500, B);
    woven.transmissionWritten(B, PORT);
    woven.transmissionFailed(B, PORT, new IOException());
    woven.transmitted(new IOException());
    cluster.deliver(B, DELTA, SESSION, cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isZero();
  }

  /** JvmRouteBinderValve gave it another id there while nobody here could hear of it. */
  @Test
  void aChangeThatIsDroppedForItsNewRouteIsAConflictAllTheSame() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    for (int i = 0; i < 3; i++) {
      comesForNoSession(SESSION.replace("node1", "node2"));
      assertThat(context.conflicts(b)).isEqualTo(1);
    }
    assertThat(cluster.record().sessions().isOwned(context.keyOf(SESSION))).isTrue();
  }

  @Test
  void aChangeOfASessionThatIsNotHereConflictsWithNothing() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    woven.sessionExpired(cluster.channel, CONTEXT, SESSION);
    comesForNoSession(SESSION);
    assertThat(context.conflicts(b)).isZero();
  }

  private void comesForNoSession(String id) {
    cluster.received(B, cluster.newId(), cluster.clock.wallMillis(), 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.sessionMessageHandling(cluster.channel, CONTEXT, B, PORT, DELTA, id);
    cluster.handled();
    woven.sessionMessageDone();
    woven.managerReturned();
    woven.receiveEnded();
  }

  /** The valve there has renamed the session, and is heard here: that comes before its change. */
  @Test
  void aRenamingByOneThatMissedOursIsTheConflict() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    cluster.deliver(B, ID_CHANGED, SESSION, cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isEqualTo(1);
    cluster.deliver(B, DELTA, SESSION.replace("node1", "node2"), cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isEqualTo(1);
  }

  @Test
  void aChangeByOneThatGotOursIsAFailover() {
    knowOffset(0, 0);
    long now = cluster.clock.wallMillis();
    changeAt(now);
    cluster.drop(C);
    cluster.deliver(B, DELTA, SESSION, now + 1);
    assertThat(context.conflicts(b)).isZero();
  }

  @Test
  void aChangeByOneThatWasGivenTheSessionSinceIsAFailover() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    cluster.give(B, SESSION);
    cluster.deliver(B, DELTA, SESSION, cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isZero();
  }

  @Test
  void aChangeByANewProcessIsAFailover() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.startAnew(B);
    cluster.deliver(B, DELTA, SESSION, cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isZero();
  }

  /** Ours at 0; theirs as many milliseconds before, by a clock that is compared to 20 ms. */
  @ParameterizedTest
  @ValueSource(longs = {0, 5250, -30_000})
  void changesThatCrossByMoreThanTheErrorAreAConflict(long offsetMillis) {
    knowOffset(offsetMillis, 20);
    long now = cluster.clock.wallMillis();
    changeAt(now);
    cluster.deliver(B, DELTA, SESSION, now + offsetMillis - 100);
    assertThat(context.conflicts(b)).isEqualTo(1);
    assertThat(cluster.record().sessions().isOwned(context.keyOf(SESSION))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-10, 0, 10, 1000})
  void withinTheErrorOrAfterwardsTheyMayHaveKnownOurs(long millisLater) {
    knowOffset(5250, 20);
    long now = cluster.clock.wallMillis();
    changeAt(now);
    cluster.deliver(B, DELTA, SESSION, now + 5250 + millisLater);
    assertThat(context.conflicts(b)).isZero();
  }

  @Test
  void withoutAKnownOffsetNothingIsSaidToCross() {
    long now = cluster.clock.wallMillis();
    changeAt(now);
    cluster.deliver(B, DELTA, SESSION, now - 60_000);
    assertThat(context.conflicts(b)).isZero();
  }

  @Test
  void whatAnotherOwnedSinceCrossedNothingOfOurs() {
    knowOffset(0, 0);
    long now = cluster.clock.wallMillis();
    changeAt(now);
    cluster.deliver(C, DELTA, SESSION, now);
    cluster.deliver(B, DELTA, SESSION, now - 60_000);
    assertThat(context.conflicts(b)).isZero();
  }

  @Test
  void anAccessOverwritesNothing() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    cluster.deliver(B, ACCESSED, SESSION, cluster.clock.wallMillis());
    assertThat(context.conflicts(b)).isZero();
  }

  @Test
  void aDuplicateIsOneConflict() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    byte[] id = cluster.newId();
    for (int i = 0; i < 2; i++) {
      cluster.received(B, id, 0, 100);
      woven.clusterReceived(DELTA);
      woven.managerReached();
      woven.sessionMessageHandling(cluster.channel, CONTEXT, B, PORT, DELTA, SESSION);
      woven.sessionMet();
      cluster.handled();
      woven.sessionMessageDone();
      woven.receiveEnded();
    }
    assertThat(context.conflicts(b)).isEqualTo(1);
  }

  @Test
  void whatWasNotAppliedOverwroteNothing() {
    cluster.drop(B);
    cluster.change(SESSION, ASYNCHRONOUS, C, D);
    cluster.comeBack(B);
    cluster.received(B, cluster.newId(), 0, 100);
    woven.clusterReceived(DELTA);
    woven.managerReached();
    woven.sessionMessageHandling(cluster.channel, CONTEXT, B, PORT, DELTA, SESSION);
    woven.sessionMet();
    woven.sessionMessageHandled(new ClassCastException());
    woven.sessionMessageDone();
    woven.receiveEnded();
    assertThat(context.conflicts(b)).isZero();
    assertThat(cluster.record().sessions().isOwned(context.keyOf(SESSION))).isTrue();
  }

  private void changeAt(long timestampMillis) {
    byte[] message = cluster.submit(DELTA);
    woven.transmitting(RecordedCluster.LOCAL, PORT, message, timestampMillis, ACKNOWLEDGED, 500, 1);
    for (byte[] host : new byte[][] {B, C, D}) {
      woven.transmittingTo(host, PORT);
      woven.transmissionCompleted(host, PORT);
    }
    transmitted();
  }

  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  private void transmitted() {
    woven.transmitted(null);
  }

  /**
   * @param errorMillis half of the way to the peer and back
   */
  private void knowOffset(long offsetMillis, long errorMillis) {
    long sent = cluster.clock.nanos();
    long error = TimeUnit.MILLISECONDS.toNanos(errorMillis);
    long peers = sent + error + TimeUnit.MILLISECONDS.toNanos(offsetMillis);
    b.clock()
        .accept(
            sent, peers, peers, sent + 2 * error, System.nanoTime(), TimeUnit.MINUTES.toNanos(1));
  }
}
