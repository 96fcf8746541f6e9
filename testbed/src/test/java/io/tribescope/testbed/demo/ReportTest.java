package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.demo.Watch.Sighting;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReportTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Report report = new Report(new PrintStream(said, true, StandardCharsets.UTF_8));

  @Test
  void theTableHasEveryStep() {
    assertThat(step(true)).isTrue();
    report.cannot("split alerted", "fires", "no Prometheus");
    report.step("pages", "1", "2", false);

    assertThat(report.table())
        .containsExactly(
            "        Step           Expected       Observed       Seconds",
            "ok      links cut      members 1 2 2  members 1 2 2  5",
            "cannot  split alerted  fires          no Prometheus",
            "MISSED  pages          1              2");
    assertThat(report.summarize()).isEqualTo(1);
    assertThat(said.toString(StandardCharsets.UTF_8))
        .startsWith("ok: links cut after 5 s: members 1 2 2\n")
        .endsWith("\n1 of 3 steps observed, 1 missed, 1 not possible on this machine.\n");
  }

  @Test
  void allObservedIsSuccess() {
    step(true);
    assertThat(report.summarize()).isZero();
  }

  @Test
  void whatCannotBeShownIsNeitherSuccessNorFailure() {
    step(true);
    report.cannot("split alerted", "fires", "no Prometheus");
    assertThat(report.summarize()).isEqualTo(2);
  }

  @Test
  void oneStepMissedIsAFailure() {
    step(true);
    assertThat(step(false)).isFalse();
    assertThat(report.summarize()).isEqualTo(1);
  }

  private boolean step(boolean seen) {
    return report.step(
        "links cut",
        "members 1 2 2",
        new Sighting(seen, Observations.SPLIT, Duration.ofMillis(5900)),
        Observation::membersText);
  }
}
