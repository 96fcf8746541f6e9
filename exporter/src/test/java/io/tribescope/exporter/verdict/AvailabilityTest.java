package io.tribescope.exporter.verdict;

import static io.tribescope.exporter.verdict.Availability.AVAILABLE;
import static io.tribescope.exporter.verdict.Availability.DEGRADED;
import static io.tribescope.exporter.verdict.Availability.UNAVAILABLE;
import static io.tribescope.exporter.verdict.Availability.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.Worker;
import io.tribescope.exporter.model.WorkerState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvailabilityTest {

  @ParameterizedTest
  @CsvSource({
    "OK, ACTIVE, AVAILABLE",
    "IDLE, ACTIVE, AVAILABLE",
    "BUSY, ACTIVE, DEGRADED",
    "ERROR, ACTIVE, UNAVAILABLE",
    "RECOVERING, ACTIVE, UNAVAILABLE",
    "PROBING, ACTIVE, UNAVAILABLE",
    "FORCED, ACTIVE, UNAVAILABLE",
    "OK, DISABLED, DEGRADED",
    "IDLE, DISABLED, DEGRADED",
    "BUSY, DISABLED, DEGRADED",
    "ERROR, DISABLED, UNAVAILABLE",
    "RECOVERING, DISABLED, UNAVAILABLE",
    "PROBING, DISABLED, UNAVAILABLE",
    "FORCED, DISABLED, UNAVAILABLE",
    "OK, STOPPED, UNAVAILABLE",
    "IDLE, STOPPED, UNAVAILABLE",
    "BUSY, STOPPED, UNAVAILABLE",
    "ERROR, STOPPED, UNAVAILABLE",
    ", STOPPED, UNAVAILABLE",
    "ERROR, , UNAVAILABLE",
    "OK, , UNKNOWN",
    ", ACTIVE, UNKNOWN",
    ", DISABLED, UNKNOWN",
    ", , UNKNOWN"
  })
  void followsFromStateAndActivation(
      @Nullable WorkerState state, @Nullable Activation activation, Availability expected) {
    assertThat(Availability.of(member(state, activation))).isEqualTo(expected);
  }

  @Test
  void countsEveryAvailability() {
    Balancer balancer =
        new Balancer(
            "cluster",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            List.of(
                member(WorkerState.FORCED, Activation.ACTIVE),
                member(WorkerState.RECOVERING, Activation.ACTIVE),
                member(WorkerState.OK, Activation.DISABLED)),
            List.of());

    assertThat(Availability.count(balancer))
        .isEqualTo(Map.of(AVAILABLE, 0, DEGRADED, 1, UNAVAILABLE, 2, UNKNOWN, 0));
  }

  private static Member member(@Nullable WorkerState state, @Nullable Activation activation) {
    Worker worker =
        new Worker("node1", null, null, null, null, null, null, null, null, null, null, null, null);
    return new Member(
        worker, state, activation, null, null, null, null, null, null, null, null, null, null);
  }
}
