package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.clients.Sample;
import io.tribescope.testbed.clients.Scrape;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanLagTest {
  private final MeanLag lag = new MeanLag();

  @Test
  void isTheMeanOfWhatCameSinceTheRoundBefore() {
    round(samples(10, 100), samples(0, 0));
    assertThat(lag.mean()).isEmpty();

    round(samples(10.25, 101), samples(0.25, 1));
    assertThat(lag.mean()).hasValue(0.25);
  }

  @Test
  void isUnknownWithoutAChange() {
    round(samples(10, 100), samples(1, 1));
    round(samples(10, 100), samples(1, 1));
    assertThat(lag.mean()).isEmpty();
  }

  @Test
  void aRestartedNodeBeginsAnew() {
    round(samples(10, 100), samples(1, 1));
    round(samples(0.5, 1), samples(1.125, 2));
    assertThat(lag.mean()).hasValue(0.125);
  }

  private void round(List<Sample> first, List<Sample> second) {
    lag.begin();
    lag.add("node1", first);
    lag.add("node2", second);
  }

  private static List<Sample> samples(double seconds, int count) {
    return Scrape.parse(
            """
            tomcat_session_replication_lag_seconds_sum{member="a:4000"} %s
            tomcat_session_replication_lag_seconds_count{member="a:4000"} %d
            tomcat_session_delta_bytes_sum 7
            """
                .formatted(seconds, count))
        .samples();
  }
}
