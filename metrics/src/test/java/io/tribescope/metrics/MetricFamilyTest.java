package io.tribescope.metrics;

import static io.tribescope.metrics.TestCost.ADDED;
import static io.tribescope.metrics.TestCost.READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.metrics.MetricFamily.Label;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MetricFamilyTest {
  private static final MetricFamily FAILURES =
      MetricFamily.counter("x_failures_total", READ, "member")
          .by("unit", new TimeUnit[] {TimeUnit.DAYS, TimeUnit.HOURS})
          .by("side", "sent", "received")
          .observed(List.of("send", "answer"), ADDED)
          .means("Failures.")
          .absent("at first")
          .good("0.");
  private static final MetricFamily INFO =
      MetricFamily.info("x_info", READ, "member").with("version").means("The version.").good("1.");

  @Test
  void helpIsOneText() {
    assertThat(FAILURES.help()).isEqualTo("Failures. Absent at first. Good: 0.");
    assertThat(INFO.help()).isEqualTo("The version. Good: 1.");
    assertThat(
            MetricFamily.gauge("x", READ)
                .means("An x.")
                .only("with the option y")
                .good("1.")
                .help())
        .isEqualTo("An x. Only with the option y. Good: 1.");
  }

  @Test
  void labelsKeepTheirOrderAndSayWhichFollowFromTheOthers() {
    assertThat(FAILURES.labels()).extracting(Label::name).containsExactly("member", "unit", "side");
    assertThat(FAILURES.labels().get(0).values()).isEmpty();
    assertThat(FAILURES.labels().get(1).values()).containsExactly("days", "hours");
    assertThat(FAILURES.labels().get(2).values()).containsExactly("sent", "received");
    assertThat(FAILURES.labels()).noneMatch(Label::isDescriptive);
    assertThat(INFO.labels()).extracting(Label::isDescriptive).containsExactly(false, true);
  }

  /** What it costs is what its hooks do; without hooks what was said first. */
  @Test
  void aFigureThatHooksObserveCostsWhatTheyDo() {
    assertThat(FAILURES.cost()).isEqualTo(ADDED);
    assertThat(FAILURES.hooks()).containsExactly("send", "answer");
    assertThat(INFO.cost()).isEqualTo(READ);
    assertThat(INFO.hooks()).isEmpty();
  }

  @Test
  void theLibraryAddsTheSuffixesOfCountersAndInfos() {
    assertThat(FAILURES.baseName()).isEqualTo("x_failures");
    assertThat(INFO.baseName()).isEqualTo("x");
    assertThat(MetricFamily.gauge("x_total_bytes", READ).good("").baseName())
        .isEqualTo("x_total_bytes");
  }

  @Test
  void allowsWhatIsDeclared() {
    Labels member = Labels.of("member", "m");
    Labels sent = member.add("unit", "days").add("side", "sent");
    assertThat(FAILURES.allows(sent)).isTrue();
    assertThat(FAILURES.allows(member.add("unit", "days"))).isFalse();
    assertThat(FAILURES.allows(member.add("unit", "years").add("side", "sent"))).isFalse();
    assertThat(FAILURES.allows(sent.add("more", "x"))).isFalse();
    assertThat(INFO.allows(member)).isTrue();
    assertThat(INFO.allows(member.add("version", "any"))).isTrue();
    assertThat(INFO.allows(Labels.of("version", "any"))).isFalse();
  }
}
