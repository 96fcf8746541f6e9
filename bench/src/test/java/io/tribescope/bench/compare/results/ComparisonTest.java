package io.tribescope.bench.compare.results;

import static io.tribescope.bench.compare.results.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  /** Of the third round none failed to run; other agents belong to no pair. */
  private static final List<Run> RUNS =
      List.of(
          run(1, "none", 5.0, 80, 2.0, 300),
          run(1, "a", 5.6, 90, 3.0, 320),
          run(1, "b", 9.0, 500, 9.0, 900),
          run(2, "a", 6.0, 118, 2.0, 340),
          run(2, "none", 5.2, 100, 4.0, 310),
          run(3, "a", 1.0, 1, 1.0, 1));

  @Test
  void aRunIsComparedWithThatOfItsOwnRound() {
    Comparison a = Comparison.of("a", "none", RUNS);
    assertThat(a.pairs()).hasSize(2);
    // Both Tomcats' CPU: 110 / 100 and 138 / 120.
    assertThat(a.by(Measure.CPU).median()).isEqualTo(1.125, within(1e-9));
    assertThat(a.by(Measure.CPU).low()).isEqualTo(1.1, within(1e-9));
    assertThat(a.by(Measure.CPU).high()).isEqualTo(1.15, within(1e-9));
    // 1.5 and 0.5
    assertThat(a.by(Measure.P99).median()).isEqualTo(1.0, within(1e-9));
    // Means of both Tomcats: 6.1 - 5.5 and 6.5 - 5.7.
    assertThat(a.by(Measure.READY).median()).isEqualTo(0.7, within(1e-9));
    assertThat(a.by(Measure.RESIDENT).median()).isEqualTo(25, within(1e-9));
  }

  @Test
  void anAgentThatRanInNoRoundWithNoneHasNoPairs() {
    assertThat(Comparison.of("c", "none", RUNS).pairs()).isEmpty();
  }
}
