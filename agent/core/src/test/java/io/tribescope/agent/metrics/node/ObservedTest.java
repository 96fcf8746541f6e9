package io.tribescope.agent.metrics.node;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.hooks.weaving.Hook;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObservedTest {
  /** Without which there is no channel, and nothing at all is published of one. */
  private static final Set<String> LIFECYCLE =
      Set.of("cluster-start", "channel-start", "channel-stop");

  /** By which problems in a configuration are found, and no figure is observed. */
  private static final Set<String> CHECKS = Set.of("cache-listener", "cache-peer-configure");

  @Test
  void everyHookIsWhatSomeFigureIsObservedBy() {
    Set<String> needed =
        FamiliesTest.all().stream().flatMap(family -> family.hooks().stream()).collect(toSet());
    Set<String> hooks = Hooks.all().stream().map(Hook::name).collect(toSet());
    assertThat(needed).as("hooks that a figure names, and Hooks.java lists").isSubsetOf(hooks);
    hooks.removeAll(LIFECYCLE);
    hooks.removeAll(CHECKS);
    assertThat(hooks).as("hooks in Hooks.java that a figure names").isSubsetOf(needed);
  }
}
