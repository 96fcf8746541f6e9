package io.tribescope.bench.compare.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private final Samples samples = new Samples();

  @Test
  void aFrameOfOursCountsWhereverItStands() {
    samples.add("exec-1", List.of("java.lang.Thread.run"));
    samples.add("exec-1", List.of("io.tribescope.agent.A.f", "org.apache.B.g"));
    samples.add(
        "exec-2", List.of("java.C.h", "io.tribescope.agent.D.i", "io.tribescope.agent.A.f"));
    samples.add("exec-2", List.of("java.C.h", "io.tribescope.agent.D.i", "org.apache.B.g"));
    samples.add("exec-2", List.of("java.C.h", "io.tribescopes.Stranger.f"));
    assertThat(samples.total()).isEqualTo(5);
    assertThat(samples.ours()).isEqualTo(3);
    assertThat(samples.share()).isEqualTo(0.6);
    assertThat(samples.methods(2))
        .containsExactly(entry("io.tribescope.agent.D.i", 2), entry("io.tribescope.agent.A.f", 1));
    assertThat(samples.methods(1)).containsExactly(entry("io.tribescope.agent.D.i", 2));
  }

  @Test
  void theProbesThreadIsApart() {
    samples.add("tribescope-probe", List.of("io.tribescope.agent.Prober.run"));
    samples.add("tribescope-http-1", List.of("io.tribescope.agent.Server.serve"));
    assertThat(samples.probe()).isEqualTo(1);
    assertThat(samples.total()).isEqualTo(1);
    assertThat(samples.ours()).isEqualTo(1);
  }

  @Test
  void ofNoSamplesNoneIsOurs() {
    assertThat(samples.share()).isZero();
  }
}
