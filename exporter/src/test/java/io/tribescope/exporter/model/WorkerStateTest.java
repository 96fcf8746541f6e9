package io.tribescope.exporter.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerStateTest {

  @ParameterizedTest
  @CsvSource({
    "OK, OK",
    "OK/IDLE, IDLE",
    "OK/BUSY, BUSY",
    "ERR, ERROR",
    "ERR/REC, RECOVERING",
    "ERR/PRB, PROBING",
    "ERR/FRC, FORCED",
    "N/A, IDLE",
    "BSY, BUSY",
    "REC, RECOVERING",
    "PRB, PROBING",
    "FRC, FORCED"
  })
  void knowsNamesOfEveryVersion(String name, WorkerState state) {
    assertThat(WorkerState.of(name)).isEqualTo(state);
  }

  @Test
  void otherNamesAreUnknown() {
    assertThat(WorkerState.of("OK/NEW")).isNull();
    assertThat(WorkerState.of("")).isNull();
    assertThat(WorkerState.of(null)).isNull();
  }
}
