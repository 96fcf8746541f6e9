package io.tribescope.agent.recording.counters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 64})
  void everyCounterOfEveryStripeIsItsOwn(int counters) {
    Cells cells = new Cells(counters);
    for (int counter = 0; counter < counters; counter++) {
      for (int stripe = 0; stripe < Stripe.COUNT; stripe++) {
        cells.add(stripe, counter, 1L << counter % 32);
      }
    }
    for (int counter = 0; counter < counters; counter++) {
      assertThat(cells.sum(counter)).isEqualTo(4L << counter % 32);
    }
  }

  @Test
  void nothingIsLostWhereThreadsShareAStripe() throws Exception {
    Cells cells = new Cells(3);
    Threads.run(
        3,
        thread -> {
          for (int i = 0; i < 1_000_000; i++) {
            cells.increment(2, 1);
          }
          return thread;
        });
    assertThat(cells.sum(1)).isEqualTo(3_000_000);
    assertThat(cells.sum(0)).isZero();
    assertThat(cells.sum(2)).isZero();
  }
}
