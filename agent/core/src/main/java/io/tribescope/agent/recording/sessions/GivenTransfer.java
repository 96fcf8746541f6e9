package io.tribescope.agent.recording.sessions;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;

/**
 * A state transfer that this node gives to one life of a peer, until the peer's receipts say that
 * all of it arrived: from then on the peer holds what the sessions were when it began. Thread-safe.
 */
public final class GivenTransfer {
  public final long life;

  /** What was changed later went to the peer by itself. */
  public final long beganNanos;

  private final AtomicInteger underWay = new AtomicInteger();
  private volatile boolean failed;
  private volatile long firstSecond = Long.MAX_VALUE;
  private volatile long lastSecond;

  GivenTransfer(long life, long beganNanos) {
    this.life = life;
    this.beganNanos = beganNanos;
  }

  void partBegins() {
    underWay.incrementAndGet();
  }

  public synchronized void partHandedOver(long second) {
    firstSecond = Math.min(firstSecond, second);
    lastSecond = Math.max(lastSecond, second);
    underWay.decrementAndGet();
  }

  public void partFailed() {
    failed = true;
    underWay.decrementAndGet();
  }

  /** Whether a part may be among what was written in that second. */
  public boolean covers(long second) {
    return firstSecond <= second && second <= lastSecond;
  }

  public void fail() {
    failed = true;
  }

  public boolean hasFailed() {
    return failed;
  }

  /**
   * Whether every part has arrived.
   *
   * @param arrived whether all that was written in a second has, by the messages' timestamps
   */
  public boolean hasArrived(LongPredicate arrived) {
    if (failed || underWay.get() != 0 || lastSecond == 0) {
      return false;
    }
    for (long second = firstSecond; second <= lastSecond; second++) {
      if (!arrived.test(second)) {
        return false;
      }
    }
    return true;
  }
}
