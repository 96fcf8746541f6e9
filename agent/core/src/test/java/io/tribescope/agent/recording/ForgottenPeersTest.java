package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.ASYNCHRONOUS;
import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.C;
import static io.tribescope.agent.recording.RecordedCluster.D;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.sessions.ContextRecord;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Where each start of a node has another address, what is held of the old ones must go. */
class ForgottenPeersTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final ContextRecord context = cluster.startContext();
  private final PeerRecord b = cluster.peer(B);
  private final PeerRecord c = cluster.peer(C);

  /** B is away for so long that it is forgotten; the others are there. */
  private void forgetB() {
    ChannelRecord record = cluster.record();
    record.reconcile(
        Set.of(c, cluster.peer(D)),
        record.viewEvents(),
        System.nanoTime() + TimeUnit.HOURS.toNanos(25));
    assertThat(record.peers()).containsExactly(c, cluster.peer(D));
  }

  private void conflictWith(byte[] host) {
    cluster.drop(host);
    cluster.change(SESSION, ASYNCHRONOUS, D);
    cluster.comeBack(host);
    cluster.deliver(host, DELTA, SESSION, cluster.clock.wallMillis());
  }

  @Test
  void itsConflictsGoWithIt() {
    conflictWith(B);
    conflictWith(C);
    assertThat(context.conflicts(b)).isEqualTo(1);
    cluster.drop(B);
    forgetB();
    assertThat(context.conflicts(b)).isZero();
    assertThat(context.conflicts(c)).isEqualTo(1);
  }

  @Test
  void theTransferWhoseArrivalItNeverToldOfGoesWithIt() {
    cluster.give(B, SESSION);
    cluster.give(C, SESSION);
    assertThat(context.given(b)).isNotNull();
    cluster.leave(B);
    forgetB();
    assertThat(context.given(b)).isNull();
    assertThat(context.given(c)).isNotNull();
  }

  @Test
  void whatAHookSaysOfItTooLateGoesTheNextTime() {
    cluster.drop(B);
    forgetB();
    context.conflict(b);
    context.giving(b, 1);
    forgetB();
    assertThat(context.conflicts(b)).isZero();
    assertThat(context.given(b)).isNull();
  }
}
