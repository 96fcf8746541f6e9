package io.tribescope.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void aPairTurnsWithEachRoundAndOthersFollowInTheFirstRoundsOnly() {
    assertThat(names(List.of(agent("a")), List.of(agent("x"), agent("y")), 3, 2))
        .containsExactly("none a x y", "a none x y", "none a");
  }

  @Test
  void noneStandsBesideBothOfOurs() {
    assertThat(names(List.of(agent("a"), agent("b")), List.of(), 2, 0))
        .containsExactly("a none b", "b none a");
  }

  private static Stream<String> names(
      List<Agent> ours, List<Agent> others, int rounds, int roundsOfOthers) {
    return Schedule.rounds(ours, others, rounds, roundsOfOthers).stream()
        .map(round -> String.join(" ", round.stream().map(Agent::name).toList()));
  }

  private static Agent agent(String name) {
    return new Agent(name, "", true, "", (address, port) -> List.of());
  }
}
