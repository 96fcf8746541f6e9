package io.tribescope.agent.recording.receipts;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** This machine's clock, with steps that a test makes. */
public final class SteppedClock {
  private final AtomicLong steppedMillis = new AtomicLong();
  private final AtomicInteger readings = new AtomicInteger();

  public WallClock clock() {
    return new WallClock(
        new WallClock.Source() {
          @Override
          Instant wall() {
            readings.incrementAndGet();
            return super.wall().plusMillis(steppedMillis.get());
          }

          @Override
          long wallMillis() {
            return super.wallMillis() + steppedMillis.get();
          }
        });
  }

  /** Grows with each calibration, and with nothing else. */
  public int readings() {
    return readings.get();
  }

  public void step(long millis) {
    steppedMillis.addAndGet(millis);
  }
}
