package io.tribescope.bench.compare.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LoadResultTest {
  /**
   * 98 requests of 1 ms and 2 of 9 ms in two loads: the 99th percent are at 9 ms in both together.
   */
  @Test
  void twoLoadsAreOneOfAllTheirRequests() {
    LoadResult first = new LoadResult(1.5, requests(60, 1_000_000));
    LoadResult second = new LoadResult(3, requests(38, 1_000_000, 9_000_000, 9_000_000));
    LoadResult both = LoadResult.NONE.plus(first).plus(second);
    assertThat(both.seconds()).isEqualTo(4.5);
    assertThat(both.requests()).isEqualTo(100);
    assertThat(both.millis(98)).isCloseTo(1, within(0.01));
    assertThat(both.millis(99)).isCloseTo(9, within(0.01));
    assertThat(first.requests()).as("what it was before").isEqualTo(60);
    assertThat(LoadResult.NONE.requests()).isZero();
  }

  private static Histogram requests(int number, long nanos, long... more) {
    Histogram histogram = new Histogram(3);
    histogram.recordValueWithCount(nanos, number);
    LongStream.of(more).forEach(histogram::recordValue);
    return histogram;
  }
}
