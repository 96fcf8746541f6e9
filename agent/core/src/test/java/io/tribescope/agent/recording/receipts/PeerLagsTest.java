package io.tribescope.agent.recording.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A lag is known when the peer's clock has proved to be what it was; times in seconds. */
class PeerLagsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long LAG = 7_000_000;

  private final PeerLags lags = new PeerLags();

  private void comes(int changes) {
    for (int i = 0; i < changes; i++) {
      lags.add(i & 3, LAG);
    }
  }

  private void assertLags(long known, long unknown) {
    assertThat(lags.known().number()).as("known").isEqualTo(known);
    assertThat(lags.unknown()).as("unknown").isEqualTo(unknown);
  }

  @Test
  void whatCameWellBeforeTheClockWasComparedIsKnown() {
    comes(3);
    lags.clockAsked(10 * SECOND);
    lags.clockCompared(true, 10 * SECOND);
    assertLags(0, 0);
    comes(2);
    lags.clockAsked(12 * SECOND);
    lags.clockCompared(true, 12 * SECOND);
    assertLags(3, 0);
    assertThat(lags.known().sum()).isEqualTo(3 * LAG / 1e9);
    lags.clockAsked(14 * SECOND);
    lags.clockCompared(true, 14 * SECOND);
    lags.clockAsked(16 * SECOND);
    lags.clockCompared(true, 16 * SECOND);
    assertLags(5, 0);
  }

  @Test
  void aQuestionWithoutAnAnswerProvesNothing() {
    comes(3);
    lags.clockAsked(10 * SECOND);
    lags.clockAsked(12 * SECOND);
    assertLags(0, 0);
    lags.clockAsked(14 * SECOND);
    lags.clockCompared(true, 14 * SECOND);
    assertLags(3, 0);
  }

  @Test
  void whatCameSinceTheClockWasLastRightIsUnknownWhenItWasSet() {
    comes(3);
    lags.clockAsked(10 * SECOND);
    comes(2);
    lags.clockAsked(12 * SECOND);
    lags.clockCompared(false, 12 * SECOND);
    assertLags(0, 5);
    comes(1);
    lags.clockAsked(14 * SECOND);
    lags.clockAsked(16 * SECOND);
    lags.clockCompared(true, 16 * SECOND);
    assertLags(1, 5);
  }

  @Test
  void whatIsNoLongerComparedIsUnknown() {
    comes(3);
    lags.forget();
    assertLags(0, 3);
    lags.forget();
    assertLags(0, 3);
  }
}
