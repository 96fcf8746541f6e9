package io.tribescope.testbed.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ScrapeTest {
  private final Scrape scrape =
      Scrape.parse(
          """
          # HELP jobs_total Jobs.
          # TYPE jobs_total counter
          jobs_total{queue="a",state="done",} 3.0
          jobs_total{queue="a",state="failed"} 1e0 1700000000000
          jobs_total{queue="b, \\"x\\" {y} \\\\ \\n",state="done"} 4 # {trace_id="1"} 1.0

          up 1
          low{a="1"} -Inf
          high +Inf
          none NaN
          # EOF
          """);

  @Test
  void valueIsThatOfTheOnlySampleWithTheLabels() {
    assertThat(scrape.value("jobs_total", "state", "failed")).isEqualTo(1);
    assertThat(scrape.value("jobs_total", "queue", "b, \"x\" {y} \\ \n")).isEqualTo(4);
    assertThat(scrape.value("up")).isEqualTo(1);
    assertThat(scrape.value("low")).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(scrape.value("high")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(scrape.value("none")).isNaN();
    assertThat(scrape.samples("jobs_total", "queue", "a", "state", "done"))
        .containsExactly(new Sample("jobs_total", Map.of("queue", "a", "state", "done"), 3));
  }

  @Test
  void valueOfSeveralOrNoSamplesFails() {
    assertThatThrownBy(() -> scrape.value("jobs_total", "queue", "a"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("several samples are jobs_total[queue, a]");
    assertThatThrownBy(() -> scrape.value("jobs_total", "queue", "c"))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("no samples are jobs_total[queue, c]; all of that name: [Sample");
    assertThatThrownBy(() -> scrape.value("up", "queue"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void sumNeedsASample() {
    assertThat(scrape.sum("jobs_total")).isEqualTo(8);
    assertThat(scrape.sum("jobs_total", "queue", "a")).isEqualTo(4);
    assertThatThrownBy(() -> scrape.sum("jobs")).isInstanceOf(AssertionError.class);
  }

  @Test
  void absentIsWhatHasNoSample() {
    assertThat(scrape.absent("jobs_total", "state", "lost")).isTrue();
    assertThat(scrape.absent("jobs_total", "state", "done")).isFalse();
  }

  @Test
  void typesAreThoseSaid() {
    assertThat(scrape.types()).isEqualTo(Map.of("jobs_total", "counter"));
  }

  @Test
  void lineThatIsNoSampleIsNamed() {
    assertThatThrownBy(() -> Scrape.parse("up 1\n<html>\n")).hasMessage("not a sample: <html>");
    assertThatThrownBy(() -> Scrape.parse("up one")).hasMessage("not a sample: up one");
    assertThatThrownBy(() -> Scrape.parse("up{a=1\"} 1")).hasMessage("not a sample: up{a=1\"} 1");
    assertThatThrownBy(() -> Scrape.parse("up{a=\"1} 1")).hasMessage("not a sample: up{a=\"1} 1");
  }
}
