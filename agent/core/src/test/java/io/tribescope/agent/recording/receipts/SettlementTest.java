package io.tribescope.agent.recording.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.receipts.SentTally.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender makes of a peer's receipts, with both ends' tallies and times that a test sets. */
class SettlementTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long S = 1_774_000_000L;

  private final SentTally sent = new SentTally();
  private final ReceivedTally received = new ReceivedTally();
  private final Settlement settlement = sent.settlement();

  /** Seconds since S. */
  private double now = 10;

  private long recordedForNanos = 3600 * SECOND;

  private long nanos() {
    return (long) (now * SECOND);
  }

  private void send(long second, long... ids) {
    for (long id : ids) {
      sent.completed((S + second) * 1000, id);
    }
  }

  private void doubt(long second, long... ids) {
    for (long id : ids) {
      sent.doubted((S + second) * 1000, id);
    }
  }

  private void arrive(long second, long... ids) {
    for (long id : ids) {
      received.add((S + second) * 1000, id);
    }
  }

  private Settlement.Asked ask() {
    return settlement.ask(S * SECOND + nanos(), nanos());
  }

  private Receipts answer(Settlement.Asked asked) {
    Receipts counted = received.receipts(asked.oldest(), 0);
    Receipts.Builder receipts = new Receipts.Builder(recordedForNanos);
    for (int i = 0; i < counted.size(); i++) {
      receipts.add(counted.second(i), counted.count(i), counted.sum(i));
    }
    receipts.through(counted.through());
    return receipts.build();
  }

  private int settle(Settlement.Asked asked, Receipts receipts) {
    return settlement.settle(asked, receipts, S * SECOND + nanos(), nanos());
  }

  /** Asked and answered at once, at that time. */
  private int exchangeAt(double seconds) {
    now = seconds;
    Settlement.Asked asked = ask();
    return settle(asked, answer(asked));
  }

  private State state(long second) {
    return sent.state(S + second);
  }

  @Test
  void whatArrivedIsConfirmed() {
    send(0, 3, 4);
    arrive(0, 4, 3);
    assertThat(state(0)).isEqualTo(State.OPEN);
    assertThat(exchangeAt(2)).isZero();
    assertThat(state(0)).isEqualTo(State.CONFIRMED);
    assertThat(state(1)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void aSecondIsAskedAboutWhenItIsOver() {
    send(2, 3);
    arrive(2, 3);
    exchangeAt(2.9);
    assertThat(state(2)).isEqualTo(State.OPEN);
    exchangeAt(3.1);
    assertThat(state(2)).isEqualTo(State.CONFIRMED);
  }

  @Test
  void whatIsHandedOverLaterOpensTheSecondAgain() {
    send(0, 3);
    arrive(0, 3);
    exchangeAt(2);
    send(0, 4);
    assertThat(state(0)).isEqualTo(State.OPEN);
    arrive(0, 4);
    exchangeAt(4);
    assertThat(state(0)).isEqualTo(State.CONFIRMED);
  }

  @Test
  void whatArrivesAfterTheQuestionDoesNotConfuse() {
    send(0, 3);
    arrive(0, 3);
    now = 2;
    Settlement.Asked asked = ask();
    send(0, 4);
    arrive(0, 4);
    settle(asked, answer(asked));
    assertThat(state(0)).isEqualTo(State.OPEN);
    exchangeAt(4);
    assertThat(state(0)).isEqualTo(State.CONFIRMED);
  }

  @Test
  void oneThatIsMissingIsNamedAndCountedOnce() {
    send(0, 3, 0x77, 5);
    arrive(0, 3, 5);
    for (double at : new double[] {2, 20, 31, 33}) {
      assertThat(exchangeAt(at)).as("at %s", at).isZero();
      assertThat(state(0)).isEqualTo(State.OPEN);
    }
    // The first that was calm for 30 s was at 33: nothing was known of its calm before 2.
    assertThat(exchangeAt(34.9)).isZero();
    assertThat(exchangeAt(35)).isEqualTo(1);
    assertThat(state(0)).isEqualTo(State.MISSING);
    assertThat(sent.missingId(S)).isEqualTo(0x77);
    assertThat(sent.allMissing(S)).isFalse();
    assertThat(exchangeAt(37)).isZero();
    assertThat(state(0)).isEqualTo(State.MISSING);
  }

  @Test
  void allOfASecondMissing() {
    send(0, 3, 4);
    exchangeAt(2);
    exchangeAt(32);
    assertThat(exchangeAt(34)).isEqualTo(2);
    assertThat(state(0)).isEqualTo(State.MISSING);
    assertThat(sent.allMissing(S)).isTrue();
    assertThat(sent.missingId(S)).isZero();
  }

  @Test
  void whatArrivesLateIsNotMissing() {
    send(0, 3, 4);
    exchangeAt(2);
    arrive(0, 3);
    exchangeAt(32);
    arrive(0, 4);
    assertThat(exchangeAt(34)).isZero();
    assertThat(state(0)).isEqualTo(State.CONFIRMED);
  }

  /** It answers both questions at once, before it has read all that waits in its sockets. */
  @Test
  void aPeerThatResumesFromAFreezeIsGivenTimeToDrain() {
    send(0, 3);
    exchangeAt(2);
    now = 40;
    Settlement.Asked first = ask();
    now = 42;
    Settlement.Asked second = ask();
    now = 60;
    assertThat(settle(first, answer(first))).isZero();
    assertThat(settle(second, answer(second))).isZero();
    now = 61;
    Settlement.Asked tooSoon = ask();
    assertThat(settle(tooSoon, answer(tooSoon))).isZero();
    arrive(0, 3);
    assertThat(exchangeAt(62)).isZero();
    assertThat(state(0)).isEqualTo(State.CONFIRMED);
  }

  @Test
  void numbersThatStillChangeAreNotMissing() {
    send(0, 3, 4, 5);
    exchangeAt(2);
    assertThat(exchangeAt(32)).isZero();
    arrive(0, 3);
    assertThat(exchangeAt(34)).isZero();
    assertThat(state(0)).isEqualTo(State.OPEN);
    assertThat(exchangeAt(36)).isEqualTo(2);
  }

  @Test
  void missingAgainAfterMoreWasHandedOverIsCountedForTheDifference() {
    send(0, 3);
    exchangeAt(2);
    exchangeAt(32);
    assertThat(exchangeAt(34)).isEqualTo(1);
    send(0, 4, 5);
    arrive(0, 4);
    exchangeAt(36);
    exchangeAt(66);
    assertThat(exchangeAt(68)).isEqualTo(1);
    assertThat(state(0)).isEqualTo(State.MISSING);
    assertThat(sent.missingId(S)).isZero();
  }

  @Test
  void aDoubtfulOneMayHaveArrivedOrNot() {
    send(0, 3);
    doubt(0, 4);
    send(1, 5);
    doubt(1, 6);
    arrive(0, 3);
    arrive(1, 5, 6);
    exchangeAt(3);
    assertThat(state(0)).as("while it may still come").isEqualTo(State.OPEN);
    assertThat(state(1)).isEqualTo(State.CONFIRMED);
    assertThat(sent.doubtfulArrived(S + 1)).isTrue();
    exchangeAt(33);
    assertThat(state(0)).isEqualTo(State.CONFIRMED);
    assertThat(sent.doubtfulArrived(S)).isFalse();
  }

  @Test
  void aDoubtfulOneInPlaceOfACertainOneLeavesItUnknown() {
    send(0, 3);
    doubt(0, 4);
    arrive(0, 4);
    exchangeAt(2);
    assertThat(state(0)).isEqualTo(State.OPEN);
    assertThat(exchangeAt(32)).isZero();
    assertThat(state(0)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void amongDoubtfulOnesTheMissingOneHasNoName() {
    send(0, 3, 4);
    doubt(0, 5);
    arrive(0, 3);
    exchangeAt(2);
    exchangeAt(32);
    assertThat(exchangeAt(34)).isEqualTo(1);
    assertThat(sent.missingId(S)).isZero();
  }

  @Test
  void moreThanWasSentIsUnknown() {
    send(0, 3);
    arrive(0, 3, 9);
    exchangeAt(2);
    exchangeAt(32);
    exchangeAt(34);
    assertThat(state(0)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void theSameNumberOfOthersIsNoConfirmation() {
    send(0, 3);
    arrive(0, 9);
    exchangeAt(2);
    assertThat(state(0)).isEqualTo(State.OPEN);
    exchangeAt(32);
    assertThat(state(0)).isEqualTo(State.UNKNOWN);
  }

  /** Recorded since S + 4.5: the fifth second is the first that was recorded as a whole. */
  @ParameterizedTest
  @ValueSource(longs = {3, 4})
  void whatAPeerDidNotRecordFromItsBeginningIsUnknown(long second) {
    send(second, 3);
    send(5, 4);
    now = 10;
    recordedForNanos = (long) (5.5 * SECOND);
    Settlement.Asked asked = ask();
    settle(asked, answer(asked));
    assertThat(state(second)).isEqualTo(State.UNKNOWN);
    assertThat(state(5)).isEqualTo(State.OPEN);
  }

  @Test
  void aSecondThatThePeerCannotTellIsUnknown() {
    send(0, 3);
    arrive(256, 4);
    exchangeAt(2);
    assertThat(state(0)).isEqualTo(State.OPEN);
    assertThat(exchangeAt(32)).isZero();
    assertThat(state(0)).isEqualTo(State.UNKNOWN);
  }

  @Test
  void whatTheReceiptsDoNotReachStaysOpen() {
    for (int i = 0; i < 70; i++) {
      send(i, 100 + i);
      arrive(i, 100 + i);
    }
    exchangeAt(80);
    assertThat(state(63)).isEqualTo(State.CONFIRMED);
    assertThat(state(64)).isEqualTo(State.OPEN);
    exchangeAt(82);
    assertThat(state(69)).isEqualTo(State.CONFIRMED);
  }

  @Test
  void aSecondThatLeavesTheRingUnsettledIsUnknown() {
    send(0, 3);
    send(256, 4);
    assertThat(state(0)).isEqualTo(State.UNKNOWN);
    assertThat(exchangeAt(300)).isZero();
    assertThat(exchangeAt(332)).isZero();
    assertThat(exchangeAt(334)).isEqualTo(1);
    assertThat(state(0)).isEqualTo(State.UNKNOWN);
    assertThat(state(256)).isEqualTo(State.MISSING);
  }
}
