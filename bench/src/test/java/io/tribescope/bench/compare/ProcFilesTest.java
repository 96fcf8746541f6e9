package io.tribescope.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The fields are numbered in proc(5). */
class ProcFilesTest {
  @Test
  void aProcessHasUsedUserAndKernelTime() {
    // 1 pid, 2 comm, 3 state, ... 14 utime, 15 stime, 16 and 17 those of its children.
    String stat =
        "42 (odd) name 1 2) S 1 42 42 0 -1 4194304 10 11 12 13 1234 66 9000 9001 20 0 5\n";
    assertThat(ProcFiles.processCpuSeconds(stat)).isEqualTo(13.0);
  }

  @Test
  void idleAndStolenTimeOfTheMachineIsNotBusy() {
    // user nice system idle iowait irq softirq steal guest guest_nice
    String stat = "cpu  1000 20 300 99999 88888 4 76 777 555 44\ncpu0 1 2 3 4 5 6 7 8 9 10\n";
    assertThat(ProcFiles.machineCpuSeconds(stat)).isEqualTo(14.0);
    assertThat(ProcFiles.stolenSeconds(stat)).isEqualTo(7.77);
  }

  @Test
  void residentMemoryIsInKibibytes() {
    assertThat(ProcFiles.residentMebibytes("VmHWM:\t  999999 kB\nVmRSS:\t  308224 kB\nX:\t1 kB\n"))
        .isEqualTo(301.0);
  }

  @Test
  void aProcessThatHasEndedHasNone() {
    assertThatThrownBy(() -> ProcFiles.residentMebibytes("Name:\tjava\nState:\tZ (zombie)\n"))
        .hasMessage("no VmRSS: the process has ended");
  }
}
