package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.members.PeerRecord;
import org.junit.jupiter.api.Test;

/** A lag is known when the peer's clock has proved to be what it was; times in seconds. */
class LagTrialTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LAG = 7_000_000;

  private final PeerRecord peer = new RecordedCluster().peer(B);

  private void comes(int changes) {
    for (int i = 0; i < changes; i++) {
      peer.lag(i & 3, LAG);
    }
  }

  private void assertLags(long known, long unknown) {
    assertThat(count(peer.lag())).as("known").isEqualTo(known);
    assertThat(peer.lagUnknown()).as("unknown").isEqualTo(unknown);
  }

  @Test
  void whatCameWellBeforeTheClockWasComparedIsKnown() {
    comes(3);
    peer.clockAsked(10 * SECOND);
    peer.clockCompared(true, 10 * SECOND);
    assertLags(0, 0);
    comes(2);
    peer.clockAsked(12 * SECOND);
    peer.clockCompared(true, 12 * SECOND);
    assertLags(3, 0);
    assertThat(peer.lag().sum()).isEqualTo(3 * LAG / 1e9);
    peer.clockAsked(14 * SECOND);
    peer.clockCompared(true, 14 * SECOND);
    peer.clockAsked(16 * SECOND);
    peer.clockCompared(true, 16 * SECOND);
    assertLags(5, 0);
  }

  @Test
  void aQuestionWithoutAnAnswerProvesNothing() {
    comes(3);
    peer.clockAsked(10 * SECOND);
    peer.clockAsked(12 * SECOND);
    assertLags(0, 0);
    peer.clockAsked(14 * SECOND);
    peer.clockCompared(true, 14 * SECOND);
    assertLags(3, 0);
  }

  @Test
  void whatCameSinceTheClockWasLastRightIsUnknownWhenItWasSet() {
    comes(3);
    peer.clockAsked(10 * SECOND);
    comes(2);
    peer.clockAsked(12 * SECOND);
    peer.clockCompared(false, 12 * SECOND);
    assertLags(0, 5);
    comes(1);
    peer.clockAsked(14 * SECOND);
    peer.clockAsked(16 * SECOND);
    peer.clockCompared(true, 16 * SECOND);
    assertLags(1, 5);
  }

  @Test
  void whatIsNoLongerComparedIsUnknown() {
    comes(3);
    peer.forgetLags();
    assertLags(0, 3);
    peer.forgetLags();
    assertLags(0, 3);
  }
}
