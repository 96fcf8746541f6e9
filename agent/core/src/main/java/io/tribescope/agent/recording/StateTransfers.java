package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The state transfers that this node has asked for. While one is under way Tomcat puts changes
 * aside; what it never takes up again was older than the state that came. Thread-safe.
 */
final class StateTransfers {
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  void starting() {
    started.incrementAndGet();
  }

  void ended() {
    ended.incrementAndGet();
  }

  /** Works out what was dropped, when none is under way. For scrapes: one at a time. */
  synchronized void settle(Channels channels) {
    int over = ended.get();
    if (started.get() == over) {
      channels.all().forEach(channel -> channel.settle(() -> started.get() == over));
    }
  }
}
