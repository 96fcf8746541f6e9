package io.tribescope.bench.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What runs when. A round is a list of agents; each runs once, one right after the other. */
final class Schedule {
  private Schedule() {}

  /**
   * Makes the rounds. No agent and ours come first, in an order that turns with each round, so that
   * a machine that gets slower or faster favours neither; no agent stands in the middle, beside as
   * many of ours as can be. Others' agents follow, in the first rounds only.
   *
   * @param ours at least one
   */
  static List<List<Agent>> rounds(
      List<Agent> ours, List<Agent> others, int rounds, int roundsOfOthers) {
    List<List<Agent>> schedule = new ArrayList<>();
    for (int number = 1; number <= rounds; number++) {
      List<Agent> round = new ArrayList<>(ours);
      round.add(ours.size() / 2, Agent.NONE);
      if (number % 2 == 0) {
        Collections.reverse(round);
      }
      if (number <= roundsOfOthers) {
        round.addAll(others);
      }
      schedule.add(List.copyOf(round));
    }
    return schedule;
  }
}
