package io.tribescope.agent.recording.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceivedTallyTest {
  private static final long S = 1_774_000_000L;

  private final ReceivedTally tally = new ReceivedTally();

  @Test
  void theSecondsThatBroughtSomethingAreListedOldestFirst() {
    tally.begin(1000);
    tally.add(S * 1000, 1);
    tally.add((S + 7) * 1000, 2);
    tally.add((S + 7) * 1000, 3);
    tally.add((S - 1) * 1000, 4);
    Receipts receipts = tally.receipts(S, 1500);
    assertThat(receipts.recordedForNanos()).isEqualTo(500);
    assertThat(receipts.size()).isEqualTo(2);
    assertThat(receipts.second(0)).isEqualTo(S);
    assertThat(receipts.count(0)).isEqualTo(1);
    assertThat(receipts.sum(0)).isEqualTo(1);
    assertThat(receipts.second(1)).isEqualTo(S + 7);
    assertThat(receipts.count(1)).isEqualTo(2);
    assertThat(receipts.sum(1)).isEqualTo(5);
    assertThat(receipts.through()).isEqualTo(S + 255);
  }

  @Test
  void atMostSixtyFourAndItIsSaidHowFarTheyReach() {
    for (int i = 0; i < 100; i++) {
      tally.add((S + 2L * i) * 1000, 1);
    }
    Receipts receipts = tally.receipts(S, 0);
    assertThat(receipts.size()).isEqualTo(64);
    assertThat(receipts.second(63)).isEqualTo(S + 126);
    assertThat(receipts.through()).isEqualTo(S + 127);
  }

  /** A 0 would say that nothing came. */
  @Test
  void aSecondThatALaterOneHasReplacedCannotBeTold() {
    tally.add((S + 256) * 1000, 1);
    Receipts receipts = tally.receipts(S, 0);
    assertThat(receipts.second(0)).isEqualTo(S);
    assertThat(receipts.count(0)).isEqualTo(-1);
  }

  @Test
  void beforeItHasBegunNothingWasRecorded() {
    assertThat(tally.receipts(S, 1500).recordedForNanos()).isZero();
  }

  @Test
  void whateverIsAskedForHasAnAnswer() {
    for (long oldest : new long[] {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE}) {
      assertThat(tally.receipts(oldest, 0).size()).isZero();
    }
  }
}
