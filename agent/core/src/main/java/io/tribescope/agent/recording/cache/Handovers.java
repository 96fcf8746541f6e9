package io.tribescope.agent.recording.cache;

import io.tribescope.agent.recording.cache.records.CallsInProgress;

/** What each thread is handing to a transport now. */
final class Handovers {
  private final ThreadLocal<Nested<Handover>> threads;

  Handovers(CallsInProgress calls) {
    threads = ThreadLocal.withInitial(() -> new Nested<>(() -> new Handover(calls)));
  }

  /** Those of the calling thread. */
  Nested<Handover> nested() {
    return threads.get();
  }

  /** The innermost of the calling thread. */
  Handover current() {
    return nested().current();
  }
}
