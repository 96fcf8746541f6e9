package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.CONTEXT;
import static io.tribescope.agent.recording.RecordedCluster.CREATED;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static io.tribescope.agent.recording.sessions.FailoverOrigin.DOWN;
import static io.tribescope.agent.recording.sessions.FailoverOrigin.UP;
import static io.tribescope.agent.recording.sessions.FailoverOutcome.EXPIRED;
import static io.tribescope.agent.recording.sessions.FailoverOutcome.MISSING;
import static io.tribescope.agent.recording.sessions.FailoverOutcome.RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.FailoverOrigin;
import io.tribescope.agent.recording.sessions.FailoverOutcome;
import io.tribescope.agent.recording.sessions.SessionKey;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that come with another node's route: what became of them, each counted once. */
class RecorderFailoverTest {
  private static final String OF_B = "0123456789ABCDEF0123456789ABCDEF.node2";

  private final RecordedCluster cluster = new RecordedCluster();
  private final Recorder recorder = cluster.recorder;
  private final WovenCalls woven = cluster.woven;
  private final ContextRecord context = cluster.startContext();

  RecorderFailoverTest() {
    cluster.peer(B).setRouteHash(SessionKey.ofRoute("node2"));
  }

  private void comes(String id, boolean found, boolean lapsed) {
    if (woven.isForeign(cluster.channel, CONTEXT, id)) {
      woven.failedOver(cluster.channel, CONTEXT, id, found, lapsed);
    }
  }

  private void assertOnly(FailoverOutcome outcome, FailoverOrigin origin, long count) {
    assertThat(context.failovers(outcome, origin)).isEqualTo(count);
    assertThat(allFailovers()).isEqualTo(count);
  }

  private long allFailovers() {
    long sum = 0;
    for (FailoverOutcome outcome : FailoverOutcome.values()) {
      for (FailoverOrigin origin : FailoverOrigin.values()) {
        sum += context.failovers(outcome, origin);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(strings = {SESSION, "0123456789ABCDEF0123456789ABCDEF", "A.", ".node2", ""})
  void whatHasThisNodesRouteOrNoneIsNotForeign(String id) {
    assertThat(woven.isForeign(cluster.channel, CONTEXT, id)).isFalse();
    assertThat(woven.isForeign(cluster.channel, CONTEXT, OF_B)).isTrue();
  }

  @Test
  void withoutARouteOfItsOwnOrInAnUnknownContextNothingIsForeign() {
    woven.stateTransferStarting(cluster.channel, this, "localhost#/b", noRoute());
    assertThat(woven.isForeign(cluster.channel, "localhost#/b", OF_B)).isFalse();
    assertThat(woven.isForeign(cluster.channel, "localhost#/c", OF_B)).isFalse();
    assertThat(woven.isForeign(new Object(), CONTEXT, OF_B)).isFalse();
  }

  @Test
  void theRouteOfAnotherEngineInThisJvmIsForeignHereAndItsOwnThere() {
    woven.stateTransferStarting(cluster.channel, this, "localhost#/b", "node2");
    assertThat(woven.isForeign(cluster.channel, CONTEXT, OF_B)).isTrue();
    assertThat(woven.isForeign(cluster.channel, "localhost#/b", OF_B)).isFalse();
    assertThat(woven.isForeign(cluster.channel, CONTEXT, SESSION)).isFalse();
    assertThat(woven.isForeign(cluster.channel, "localhost#/b", SESSION)).isTrue();
  }

  @SuppressWarnings("NullAway") // as the advice does: null for an engine without a jvmRoute
  private static String noRoute() {
    return null;
  }

  @Test
  void aNewProcessThatAnswersInItsPlaceMeansThatItWasDown() {
    comes(OF_B, true, false);
    cluster.startAnew(B);
    cluster.peer(B).wasAliveAt(System.nanoTime());
    recorder.settle();
    cluster.record().decideFailovers(System.nanoTime());
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void whatCameWhileItWasAwayIsDecidedBeforeItIsBack() {
    cluster.drop(B);
    comes(OF_B, true, false);
    cluster.comeBack(B);
    cluster.peer(B).wasAliveAt(System.nanoTime());
    cluster.record().decideFailovers(System.nanoTime());
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void itIsDecidedWhenTheMemberIsDropped() {
    comes(OF_B, true, false);
    recorder.settle();
    cluster.drop(C);
    assertThat(allFailovers()).isZero();
    cluster.drop(B);
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void aMemberThatGivesALaterSignOfLifeWasUp() {
    cluster.peer(B).wasAliveAt(System.nanoTime());
    comes(OF_B, true, false);
    recorder.settle();
    assertThat(allFailovers()).isZero();
    cluster.peer(B).wasAliveAt(System.nanoTime() + TimeUnit.SECONDS.toNanos(1));
    recorder.settle();
    assertOnly(RECOVERED, UP, 1);
  }

  @Test
  void aMemberThatWasDroppedBeforeWasDown() {
    cluster.drop(B);
    comes(OF_B, true, false);
    recorder.settle();
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void whatIsNotHereIsMissing() {
    comes(OF_B, false, false);
    cluster.drop(B);
    assertOnly(MISSING, DOWN, 1);
  }

  @Test
  void whatHasEndedHereIsExpired() {
    woven.sessionExpired(cluster.channel, CONTEXT, OF_B);
    comes(OF_B, false, false);
    cluster.drop(B);
    assertOnly(EXPIRED, DOWN, 1);
  }

  @Test
  void whatWasIdleForTooLongIsExpired() {
    comes(OF_B, true, true);
    cluster.drop(B);
    assertOnly(EXPIRED, DOWN, 1);
  }

  @Test
  void withTheRouteReplacedItIsCountedOnce() {
    comes(OF_B, true, false);
    woven.sessionRenaming(cluster.channel, CONTEXT, OF_B, SESSION);
    woven.sessionTaken(cluster.channel, CONTEXT, SESSION);
    comes(SESSION, true, false);
    // A request that was on its way with the old id.
    comes(OF_B, true, false);
    cluster.drop(B);
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void withTheRouteLeftAsItIsItIsCountedOnce() {
    for (int request = 0; request < 5; request++) {
      comes(OF_B, true, false);
      woven.sessionTaken(cluster.channel, CONTEXT, OF_B);
      cluster.submit(DELTA, OF_B);
    }
    cluster.drop(B);
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void aClientThatAsksAgainForWhatIsMissingIsCountedOnce() {
    comes(OF_B, false, false);
    comes(OF_B, false, false);
    cluster.drop(B);
    assertOnly(MISSING, DOWN, 1);
  }

  @Test
  void requestsAtTheSameMomentAreOneFailover() throws Exception {
    for (int i = 0; i < 200; i++) {
      String id = "SESSION" + i + ".node2";
      Threads.run(
          2,
          thread -> {
            comes(id, true, false);
            return thread;
          });
    }
    cluster.drop(B);
    assertOnly(RECOVERED, DOWN, 200);
  }

  @Test
  void eachMoveCounts() {
    comes(OF_B, true, false);
    woven.sessionTaken(cluster.channel, CONTEXT, OF_B);
    cluster.deliver(B, DELTA, OF_B, 0);
    comes(OF_B, true, false);
    cluster.drop(B);
    assertOnly(RECOVERED, DOWN, 2);
  }

  @Test
  void whatEndsAfterItMovedHereIsAnotherLoss() {
    comes(OF_B, true, false);
    woven.sessionTaken(cluster.channel, CONTEXT, OF_B);
    woven.sessionExpired(cluster.channel, CONTEXT, OF_B);
    comes(OF_B, false, false);
    cluster.drop(B);
    assertThat(context.failovers(RECOVERED, DOWN)).isEqualTo(1);
    assertThat(context.failovers(EXPIRED, DOWN)).isEqualTo(1);
    assertThat(allFailovers()).isEqualTo(2);
  }

  @Test
  void aMembersRouteIsThatOfTheSessionsMadeThere() {
    cluster.deliver(C, CREATED, "ABCDEF.node3", 0);
    comes("FEDCBA.node3", true, false);
    cluster.drop(C);
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void whatItsAgentSaysIsWorthMoreThanWhatAClientCanHaveChosen() {
    cluster.deliver(B, CREATED, "ABCDEF.chosen", 0);
    comes("FEDCBA.chosen", true, false);
    cluster.drop(B);
    assertThat(allFailovers()).isZero();
    comes(OF_B, true, false);
    recorder.settle();
    assertOnly(RECOVERED, DOWN, 1);
  }

  @Test
  void aContextThatStoppedLeavesNothingUndecidedBehind() {
    comes(OF_B, true, false);
    woven.managerStopped(cluster.channel, CONTEXT);
    ContextRecord next = cluster.startContext();
    cluster.drop(B);
    assertThat(allFailovers() + next.failovers(RECOVERED, DOWN)).isZero();
  }
}
