package io.tribescope.agent.recording.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizesTest {
  private final Cells cells = new Cells(Sizes.CELLS);

  @Test
  void theBoundsAreFrom64BytesTo16Mebibytes() {
    assertThat(Sizes.read(cells, 0).bounds())
        .containsExactly(
            64,
            256,
            1024,
            4096,
            16_384,
            65_536,
            262_144,
            1_048_576,
            4_194_304,
            16_777_216,
            Double.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 0",
    "64, 0",
    "65, 1",
    "256, 1",
    "257, 2",
    "1024, 2",
    "4194304, 8",
    "4194305, 9",
    "16777216, 9",
    "16777217, 10",
    "2147483647, 10",
  })
  void eachBoundBelongsToItsBucket(int bytes, int bucket) {
    Sizes.record(cells, 1, 0, bytes);
    long[] counts = Sizes.read(cells, 0).counts();
    assertThat(counts).hasSize(11);
    for (int i = 0; i < counts.length; i++) {
      assertThat(counts[i]).as("bucket %d", i).isEqualTo(i == bucket ? 1 : 0);
    }
    assertThat(Sizes.read(cells, 0).sum()).isEqualTo(bytes);
  }

  @Test
  void sizesAddUp() {
    Sizes.record(cells, 0, 0, 100);
    Sizes.record(cells, 1, 0, 200);
    Sizes.record(cells, 2, 0, 5000);
    assertThat(Sizes.read(cells, 0).counts()).containsExactly(0, 2, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    assertThat(Sizes.read(cells, 0).sum()).isEqualTo(5300);
  }
}
