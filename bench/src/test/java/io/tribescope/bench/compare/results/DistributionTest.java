package io.tribescope.bench.compare.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
  @Test
  void medianAndQuartilesAreInterpolated() {
    Distribution ten = oneTo(10);
    assertThat(ten.median()).isEqualTo(5.5);
    // A quarter of the way from the first of ten to the last: 1 + 9 / 4, and 1 + 27 / 4.
    assertThat(ten.q1()).isEqualTo(3.25);
    assertThat(ten.q3()).isEqualTo(7.75);
    assertThat(oneTo(3).median()).isEqualTo(2.0);
    assertThat(oneTo(3).q1()).isEqualTo(1.5);
  }

  /**
   * 1 - 2 P(X &lt; k) by the binomial coefficients: of ten, 1 - 2 (1 + 10) / 1024, where k = 3
   * would give 1 - 2 (1 + 10 + 45) / 1024 = 0.891; of five 1 - 2 / 32, less than 95 %, and so on.
   */
  @ParameterizedTest
  @CsvSource({
    " 1, 1,  1, 0",
    " 3, 1,  3, 0.75",
    " 5, 1,  5, 0.9375",
    " 6, 1,  6, 0.96875",
    " 9, 2,  8, 0.9609375",
    "10, 2,  9, 0.978515625",
    "20, 6, 15, 0.9586105",
  })
  void theIntervalIsTheSignTests(int number, double low, double high, double confidence) {
    Distribution values = oneTo(number);
    assertThat(values.number()).isEqualTo(number);
    assertThat(values.low()).isEqualTo(low);
    assertThat(values.high()).isEqualTo(high);
    assertThat(values.confidence()).isEqualTo(confidence, within(1e-7));
  }

  private static Distribution oneTo(int number) {
    List<Double> values =
        new ArrayList<>(IntStream.rangeClosed(1, number).mapToObj(i -> (double) i).toList());
    Collections.reverse(values);
    return Distribution.of(values);
  }
}
