package io.tribescope.bench.compare;

import io.tribescope.bench.compare.load.SessionLoad;
import java.io.IOException;
import java.time.Duration;

/**
 * Load before anything is measured, in parts. After each the Tomcats come to rest: a saturated JVM
 * leaves its compiler no core. After 25 s of load without a rest, the compiler of none and of
 * Tribescope still worked all the time, and its backlog was measured instead of the agent.
 *
 * @param load how long in all
 */
record WarmUp(Duration load) {
  private static final Duration PART = Duration.ofSeconds(4);

  /**
   * Warms up.
   *
   * @throws IOException when a request fails, or the Tomcats do not come to rest
   */
  void of(TomcatPair pair, SessionLoad users) throws IOException {
    Duration left = load;
    while (left.compareTo(Duration.ZERO) > 0) {
      Duration part = left.compareTo(PART) < 0 ? left : PART;
      users.run(part);
      Quiet.await(pair.senderPid(), pair.receiverPid());
      left = left.minus(part);
    }
  }
}
