package io.tribescope.bench.compare.results;

/** Runs with figures that can be worked out by hand. */
final class Runs {
  private Runs() {}

  /**
   * A run.
   *
   * @param ready of the sender; the receiver takes a second more
   * @param cpu of the sender; the receiver uses 20 µs
   * @param resident of the sender; the receiver has 10 MiB less
   */
  static Run run(int round, String agent, double ready, double cpu, double p99, double resident) {
    return new Run(
        round,
        agent,
        new Run.Pair(ready, ready + 1),
        new Run.Pair(cpu, 20),
        new Run.Pair(resident, resident - 10),
        p99,
        12_345,
        new Run.Usage(13, 0.995, 0.021, 0));
  }
}
