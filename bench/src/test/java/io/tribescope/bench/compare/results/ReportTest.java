package io.tribescope.bench.compare.results;

import static io.tribescope.bench.compare.results.Runs.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final List<Subject> SUBJECTS =
      List.of(
          new Subject("none", "no agent", false),
          new Subject("Tribescope", "1.0", true),
          new Subject("other", "2.0 | x", false));
  private static final List<Run> RUNS =
      List.of(
          run(1, "none", 5.0, 80, 2.0, 300),
          run(1, "Tribescope", 5.6, 84, 2.3, 320),
          run(1, "other", 9.0, 180, 4.0, 400),
          run(2, "Tribescope", 5.8, 85, 2.2, 324),
          run(2, "none", 5.2, 80, 2.0, 300));

  private static String page(Map<String, Samples> recordings) {
    return new Report(Map.of("Cores", "2"), SUBJECTS, "none", List.of("By hand."), RUNS, recordings)
        .markdown();
  }

  @Test
  void eachAgentIsComparedWithNoneBesideTheTargetsOfOurs() {
    assertThat(page(Map.of()))
        .contains(
            "|Ready after, more than none|Tribescope|2|+0.60 s|+0.60 s to +0.60 s (50 %)|+0.50 s"
                + "|**missed**|\n",
            "|Ready after, more than none|other|1|+4.00 s|none from one pair|||\n",
            "|CPU a request, times that of none|Tribescope|2|1.045|1.040 to 1.050 (50 %)|1.050"
                + "|met|\n",
            "|CPU a request, times that of none|other|1|2.000|none from one pair|||\n",
            "|p99 of request time, times that of none|Tribescope|2|1.125|1.100 to 1.150 (50 %)"
                + "|1.100|**missed**|\n",
            "|Resident memory, more than none|Tribescope|2|+22.0 MiB"
                + "|+20.0 MiB to +24.0 MiB (50 %)|+25.0 MiB|met|\n")
        .doesNotContain("|none|2|1.000|");
  }

  @Test
  void mediansOfAllRunsHaveTheirQuartiles() {
    assertThat(page(Map.of()))
        .contains(
            "|none|2|5.60 (5.55 to 5.65)|100 (100 to 100)|80 (80 to 80)|2.00 (2.00 to 2.00)"
                + "|295 (295 to 295)|12,345|\n");
  }

  @Test
  void everyRunStandsThereAndWhatEachAgentIs() {
    assertThat(page(Map.of()))
        .contains(
            "|Cores|2|\n",
            "|other|2.0 \\| x|\n",
            "- By hand.\n",
            "|2|Tribescope|5.80, 6.80|85, 20|2.20|324, 314|12,345|13|100 %|2 %|0 %|\n",
            "No recording was asked for.");
  }

  @Test
  void aShareOfTooFewSamplesIsNoVerdict() {
    Samples few = samples(9_999, 0);
    assertThat(page(Map.of("Tribescope", few)))
        .contains("|Tribescope|9999|0|0.00 %|2.00 %|too few samples to tell|0|\n");
  }

  @Test
  void atMostTwoSamplesInAHundredAreOurs() {
    assertThat(page(Map.of("Tribescope", samples(10_000, 200))))
        .contains(
            "|Tribescope|10000|200|2.00 %|2.00 %|met|0|\n",
            "|`io.tribescope.A.f`|200|\n\nAn advice's own code is inlined",
            "`io.tribescope`.\n\n## How it was measured\n");
    assertThat(page(Map.of("Tribescope", samples(10_000, 201))))
        .contains("|Tribescope|10000|201|2.01 %|2.00 %|**missed**|0|\n");
  }

  private static Samples samples(int total, int ours) {
    Samples samples = new Samples();
    IntStream.range(0, total)
        .forEach(i -> samples.add("exec", List.of(i < ours ? "io.tribescope.A.f" : "java.B.g")));
    return samples;
  }
}
