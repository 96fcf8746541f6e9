package io.tribescope.agent.metrics;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.hooks.Hook;
import io.tribescope.agent.hooks.Hooks;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservedTest {
  /** Without which there is no channel, and nothing at all is published of one. */
  private static final Set<String> LIFECYCLE =
      Set.of("cluster-start", "channel-start", "channel-stop");

  @Test
  void everyHookIsWhatSomeFigureIsObservedBy() {
    Set<String> needed =
        Arrays.stream(Observed.values())
            .flatMap(observed -> Arrays.stream(observed.hooks()))
            .collect(toSet());
    assertThat(Hooks.all().stream().map(Hook::name).collect(toSet()))
        .filteredOn(name -> !LIFECYCLE.contains(name))
        .containsExactlyInAnyOrderElementsOf(needed);
  }
}
