package io.tribescope.agent.recording.channels;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The state transfers that this node has asked for. While one is under way Tomcat puts changes
 * aside; what it never takes up again was older than the state that came. Thread-safe.
 */
public final class StateTransfers {
  private final AtomicInteger started = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();

  public void starting() {
    started.incrementAndGet();
  }

  public void ended() {
    ended.incrementAndGet();
  }

  /** Works out what was dropped, when none is under way. For scrapes: one at a time. */
  public synchronized void countDropped(Channels channels) {
    int over = ended.get();
    if (started.get() == over) {
      channels.all().forEach(channel -> channel.countOlderThanState(() -> started.get() == over));
    }
  }
}
