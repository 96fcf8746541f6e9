package io.tribescope.agent.recording.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "0, 0",
    "100000, 0",
    "100001, 1",
    "250000, 1",
    "250001, 2",
    "1000000, 3",
    "1000001, 4",
    "1000000000, 12",
    "60000000000, 17",
    "60000000001, 18",
    "9223372036854775807, 18",
  })
  void upperBoundsAreInclusive(long nanos, int bucket) {
    assertThat(Durations.bucket(nanos)).isEqualTo(bucket);
  }

  @Test
  void boundsReachFrom100MicrosecondsTo60SecondsInAtMost24Buckets() {
    double[] bounds = Durations.boundsSeconds();
    assertThat(bounds).isSorted().doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(24);
    assertThat(bounds[0]).isEqualTo(0.0001);
    assertThat(bounds[bounds.length - 2]).isEqualTo(60.0);
    assertThat(bounds[bounds.length - 1]).isInfinite();
  }

  @Test
  void countsAndSumAreThoseOfWhatWasRecordedAtThatPlace() {
    Cells cells = new Cells(7 + Durations.CELLS + 3);
    Durations.record(cells, 0, 7, 100_000);
    Durations.record(cells, 1, 7, 100_001);
    Durations.record(cells, 3, 7, 70_000_000_000L);
    Durations read = Durations.read(cells, 7);
    long[] expected = new long[19];
    expected[0] = 1;
    expected[1] = 1;
    expected[18] = 1;
    assertThat(read.counts()).isEqualTo(expected);
    assertThat(read.sum()).isEqualTo(70.000200001);
    assertThat(cells.sum(6)).isZero();
    assertThat(cells.sum(7 + Durations.CELLS)).isZero();
  }
}
