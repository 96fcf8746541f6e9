package io.tribescope.exporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeLimitTest {

  @ParameterizedTest
  @CsvSource({
    "15, PT10S",
    "10.5, PT10S",
    "10, PT9.5S",
    "2.25, PT1.75S",
    "1, PT0.5S",
    "0.4, PT0.2S",
    "0, PT10S",
    "-1, PT10S",
    "NaN, PT10S",
    "Infinity, PT10S",
    "ten, PT10S"
  })
  void prometheusTimeoutLessAMargin(String header, Duration limit) {
    assertThat(TimeLimit.of(Duration.ofSeconds(10), header)).isEqualTo(limit);
  }

  @Test
  void configuredWithoutHeader() {
    assertThat(TimeLimit.of(Duration.ofSeconds(10), null)).isEqualTo(Duration.ofSeconds(10));
  }
}
