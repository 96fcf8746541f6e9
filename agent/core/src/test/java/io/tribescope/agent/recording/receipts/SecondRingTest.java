package io.tribescope.agent.recording.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondRingTest {
  private static final long S = 1_774_000_000L;

  private final SecondRing ring = new SecondRing();

  private void assertHolds(long second, int count, long sum) {
    SecondRing.Reading reading = ring.read(second);
    assertThat(reading.count).isEqualTo(count);
    assertThat(reading.sum).isEqualTo(sum);
  }

  @Test
  void messagesOfOneSecondAreCountedAndTheirHashesAdded() {
    ring.add(S * 1000, 5);
    ring.add(S * 1000 + 999, -12);
    ring.add(S * 1000 + 1000, 100);
    assertHolds(S, 2, -7);
    assertHolds(S + 1, 1, 100);
    assertHolds(S + 2, 0, 0);
  }

  @Test
  void aSlotPassesOnAndDoesNotComeBack() {
    ring.add(S * 1000, 5);
    ring.add((S + 256) * 1000, 7);
    ring.add(S * 1000, 9);
    assertHolds(S + 256, 1, 7);
    assertThat(ring.read(S).count).isEqualTo(-1);
    assertHolds(S + 512, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 999, -1_774_000_000_000L, Long.MIN_VALUE, Long.MAX_VALUE})
  void aTimestampThatCannotBeIsIgnored(long millis) {
    ring.add(millis, 5);
    for (int slot = 0; slot < 256; slot++) {
      assertThat(ring.secondAt(slot)).isZero();
    }
  }

  @Test
  void whatIsAddedChangesTheWord() {
    ring.add(S * 1000, 5);
    long word = ring.read(S).word;
    assertThat(ring.unchanged(S, word)).isTrue();
    ring.add(S * 1000, 5);
    assertThat(ring.unchanged(S, word)).isFalse();
  }

  @Test
  void threadsThatAddAtOnceLoseNothing() throws Exception {
    int seconds = 200;
    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 100_000; i++) {
            ring.add((S + i * seconds / 100_000) * 1000, thread * 100_000 + i + 1);
          }
          return thread;
        });
    for (int second = 0; second < seconds; second++) {
      long first = second * 500L;
      // In each thread 500 numbers in a row.
      long sum = 0;
      for (int thread = 0; thread < 4; thread++) {
        sum += 500 * (thread * 100_000L + first) + 500 * 501 / 2;
      }
      assertHolds(S + second, 2000, sum);
    }
  }

  /** All for one slot, which passes on all the time: what it then holds is exact, or unreadable. */
  @Test
  void aSlotThatPassesOnUnderManyThreadsNeverHoldsAWrongNumber() throws Exception {
    for (int round = 0; round < 200; round++) {
      SecondRing contended = new SecondRing();
      Threads.run(
          4,
          thread -> {
            for (int i = 0; i <= 20; i++) {
              contended.add((S + 256L * i) * 1000, 1 << thread);
            }
            return thread;
          });
      SecondRing.Reading last = contended.read(S + 256 * 20);
      assertThat(last.count).isIn(4, -1);
      assertThat(last.sum).isEqualTo(last.count == 4 ? 15 : 0);
      contended.add((S + 256 * 21) * 1000, 3);
      assertThat(contended.read(S + 256 * 21).count).isEqualTo(1);
      assertThat(contended.read(S + 256 * 21).sum).isEqualTo(3);
    }
  }
}
