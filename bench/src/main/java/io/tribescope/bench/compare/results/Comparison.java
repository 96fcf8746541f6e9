package io.tribescope.bench.compare.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The runs of an agent, each with the run of none of the same round.
 *
 * @param agent its name
 * @param pairs of one round each
 */
record Comparison(String agent, List<Pair> pairs) {
  /** Runs of one round. */
  record Pair(Run run, Run none) {}

  /** Finds the pairs; a run whose round has none without an agent belongs to none. */
  static Comparison of(String agent, String none, List<Run> runs) {
    List<Pair> pairs = new ArrayList<>();
    for (Run run : runs) {
      if (run.agent().equals(agent)) {
        Optional<Run> other =
            runs.stream()
                .filter(one -> one.round() == run.round() && one.agent().equals(none))
                .findFirst();
        other.ifPresent(found -> pairs.add(new Pair(run, found)));
      }
    }
    return new Comparison(agent, List.copyOf(pairs));
  }

  /** The ratios, or the differences, of all pairs. */
  Distribution by(Measure measure) {
    return Distribution.of(
        pairs.stream().map(pair -> measure.compare(pair.run(), pair.none())).toList());
  }
}
