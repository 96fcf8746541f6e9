package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets threads begin each round at the same moment: they spin for a while, for waking up takes too
 * long.
 */
final class Rounds {
  private final int threads;
  private final AtomicInteger arrived = new AtomicInteger();

  Rounds(int threads) {
    this.threads = threads;
  }

  /** Returns when all threads have come here as often as this one. */
  void await() {
    int round = arrived.getAndIncrement() / threads;
    int spins = 0;
    while (arrived.get() / threads == round) {
      if (++spins % 1000 == 0) {
        LockSupport.parkNanos(1);
      }
    }
  }
}
