package io.tribescope.agent.recording.sessions;

import static io.tribescope.agent.recording.sessions.FailoverOrigin.DOWN;
import static io.tribescope.agent.recording.sessions.FailoverOrigin.UNKNOWN;
import static io.tribescope.agent.recording.sessions.FailoverOrigin.UP;
import static io.tribescope.agent.recording.sessions.FailoverOutcome.EXPIRED;
import static io.tribescope.agent.recording.sessions.FailoverOutcome.MISSING;
import static io.tribescope.agent.recording.sessions.FailoverOutcome.RECOVERED;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import io.tribescope.agent.recording.members.PeerRecord;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When it is decided whether the node that a session came from was down. */
class FailoversTest {
  private static final long ROUTE = SessionKey.ofRoute("node2");
  private static final long MINUTE = TimeUnit.SECONDS.toNanos(60);

  private final Contexts contexts = new Contexts();
  private final Failovers failovers = new Failovers(contexts);
  private final PeerRecord peer = new PeerRecord(1, "10.0.0.2:4000", 0);
  private final ContextRecord context =
      Objects.requireNonNull(contexts.add("localhost#/app", this, "node1"));

  private void decide(long now) {
    failovers.decide(route -> route == ROUTE ? peer : null, 0, now);
  }

  private long allDecided() {
    return allDecided(context);
  }

  private static long allDecided(ContextRecord of) {
    long sum = 0;
    for (FailoverOutcome outcome : FailoverOutcome.values()) {
      for (FailoverOrigin origin : FailoverOrigin.values()) {
        sum += of.failovers(outcome, origin);
      }
    }
    return sum;
  }

  @ParameterizedTest
  @EnumSource
  void theOutcomeStaysWhatItWas(FailoverOutcome outcome) {
    failovers.add(0, context, outcome, ROUTE, 1_000);
    decide(1_000);
    assertThat(context.failovers(outcome, DOWN)).isEqualTo(1);
    assertThat(allDecided()).isEqualTo(1);
  }

  @Test
  void whileTheNodeIsInTheViewAndGivesNoSignItIsUndecided() {
    peer.reconcile(true, 0, 0);
    peer.wasAliveAt(999);
    failovers.add(0, context, RECOVERED, ROUTE, 1_000);
    decide(1_000 + MINUTE);
    assertThat(allDecided()).isZero();
  }

  @Test
  void onceItIsDroppedItWasDown() {
    peer.reconcile(true, 0, 0);
    failovers.add(0, context, RECOVERED, ROUTE, 1_000);
    decide(2_000);
    peer.reconcile(false, 0, 3_000);
    decide(3_000);
    peer.reconcile(true, 0, 0);
    decide(1_001 + MINUTE);
    assertThat(context.failovers(RECOVERED, DOWN)).isEqualTo(1);
    assertThat(allDecided()).isEqualTo(1);
  }

  @Test
  void aLaterSignOfLifeMeansThatItWasUp() {
    peer.reconcile(true, 0, 0);
    failovers.add(0, context, MISSING, ROUTE, 1_000);
    failovers.add(0, context, EXPIRED, ROUTE, 2_000);
    peer.wasAliveAt(1_001);
    decide(3_000);
    assertThat(context.failovers(MISSING, UP)).isEqualTo(1);
    assertThat(allDecided()).isEqualTo(1);
    peer.wasAliveAt(2_001);
    decide(3_000);
    assertThat(context.failovers(EXPIRED, UP)).isEqualTo(1);
    assertThat(allDecided()).isEqualTo(2);
  }

  @Test
  void ofARouteThatNobodyHasTheOriginIsUnknownAfterAMinute() {
    failovers.add(0, context, RECOVERED, ROUTE + 2, 1_000);
    decide(1_000 + MINUTE);
    assertThat(allDecided()).isZero();
    decide(1_001 + MINUTE);
    assertThat(context.failovers(RECOVERED, UNKNOWN)).isEqualTo(1);
    assertThat(allDecided()).isEqualTo(1);
  }

  @Test
  void eightThousandWaitAndWhatIsBeyondIsUnknownAtOnce() {
    peer.reconcile(true, 0, 0);
    for (int i = 0; i < 8192; i++) {
      failovers.add(i & 3, context, RECOVERED, ROUTE, 1_000);
    }
    assertThat(allDecided()).isZero();
    failovers.add(0, context, RECOVERED, ROUTE, 1_000);
    assertThat(context.failovers(RECOVERED, UNKNOWN)).isEqualTo(1);
    peer.reconcile(false, 0, 2_000);
    decide(2_000);
    assertThat(context.failovers(RECOVERED, DOWN)).isEqualTo(8192);
    assertThat(allDecided()).isEqualTo(8193);
  }

  @Test
  void whatAContextLeftUndecidedIsNotTheNextOnes() {
    peer.reconcile(true, 0, 0);
    failovers.add(0, context, RECOVERED, ROUTE, 1_000);
    contexts.remove("localhost#/app");
    failovers.removeContext(context.index());
    ContextRecord next = Objects.requireNonNull(contexts.add("localhost#/b", this, "node1"));
    assertThat(next.index()).isEqualTo(context.index());
    peer.reconcile(false, 0, 2_000);
    decide(2_000);
    assertThat(allDecided(next)).isZero();
  }

  @Test
  void threadsThatAddLoseNone() throws Exception {
    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 2000; i++) {
            failovers.add(thread, context, RECOVERED, ROUTE, 1_000);
          }
          return thread;
        });
    decide(2_000);
    assertThat(context.failovers(RECOVERED, DOWN)).isEqualTo(8000);
    assertThat(allDecided()).isEqualTo(8000);
  }
}
