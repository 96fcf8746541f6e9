package io.tribescope.agent.recording.receipts;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;
import java.util.concurrent.TimeUnit;

/**
 * Lags of one peer's changes whose clock offset has still to prove right: the peer's clock can have
 * been set since it was last compared, and nothing but the next comparison tells. Lags are taken by
 * any thread, lock-free and without allocation; the rest is done by the probing thread, and at a
 * scrape.
 */
public final class LagTrial {
  /** A peer's agent follows its own clock twice a second: until then it may answer by the old. */
  private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Two in turn: what comes now, and what came before some question. */
  private final Cells[] cells = {new Cells(Durations.CELLS), new Cells(Durations.CELLS)};

  private volatile int current;
  private boolean waiting;
  private long waitingSince;

  public void add(int stripe, long nanos) {
    Durations.record(cells[current], stripe, 0, nanos);
  }

  /** The peer is about to be asked for its clock. */
  public synchronized void asked(long nanos) {
    if (!waiting) {
      waiting = true;
      waitingSince = nanos;
      current = 1 - current;
    }
  }

  /**
   * The peer's clock is still what it was: of what came well before it was asked, the lag is known.
   *
   * @param askedNanos when it was asked
   * @param into a histogram
   */
  public synchronized void passed(long askedNanos, Cells into, int first) {
    if (waiting && askedNanos - waitingSince >= SETTLED_NANOS) {
      waiting = false;
      Cells proven = cells[1 - current];
      for (int cell = 0; cell < Durations.CELLS; cell++) {
        into.add(0, first + cell, take(proven, cell));
      }
    }
  }

  /** The offset was wrong, or is known no more; returns of how many changes. */
  public synchronized long failed() {
    waiting = false;
    long lags = 0;
    for (Cells block : cells) {
      for (int cell = 0; cell < Durations.CELLS; cell++) {
        long taken = take(block, cell);
        lags += cell < Durations.CELLS - 1 ? taken : 0;
      }
    }
    return lags;
  }

  /** What is added meanwhile stays for the next time. */
  private static long take(Cells block, int cell) {
    long value = block.sum(cell);
    block.add(0, cell, -value);
    return value;
  }
}
