package io.tribescope.agent.recording.receipts;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Layout;
import org.jspecify.annotations.Nullable;

/** How late the changes of one peer were applied here, as far as that is known. Thread-safe. */
public final class PeerLags {
  private static final Layout LAYOUT = new Layout();
  private static final int UNKNOWN = LAYOUT.counter();
  private static final int LAG = LAYOUT.durations();

  private final LagTrial trial = new LagTrial();
  private final Cells cells = new Cells(LAYOUT);
  private volatile long lastAppliedMillis;

  public void applied(long nowMillis) {
    lastAppliedMillis = nowMillis;
  }

  /** A lag below zero lies within the offset's error, and is taken as zero. */
  public void add(int stripe, long nanos) {
    trial.add(stripe, Math.max(0, nanos));
  }

  public void addUnknown(int stripe) {
    cells.increment(stripe, UNKNOWN);
  }

  /** The peer's clock is about to be compared, at that time by our monotonic clock. */
  public void clockAsked(long nanos) {
    trial.asked(nanos);
  }

  /**
   * The peer's clock was compared.
   *
   * @param held whether it was what it had been
   */
  public void clockCompared(boolean held, long askedNanos) {
    if (held) {
      trial.passed(askedNanos, cells, LAG);
    } else {
      forget();
    }
  }

  /** Of the changes whose offset has not proved right the lag will not be known. */
  public void forget() {
    cells.add(0, UNKNOWN, trial.failed());
  }

  /** Adds of how many changes that peer's lag, which is forgotten, was not known. */
  public void takeOver(PeerLags gone) {
    cells.add(0, UNKNOWN, gone.unknown());
  }

  /** Of those changes whose clock offset has proved right. */
  public Durations known() {
    return Durations.read(cells, LAG);
  }

  /** Of how many changes the lag is not known. */
  public long unknown() {
    return cells.sum(UNKNOWN);
  }

  /** When a change of the peer was last applied here, in epoch milliseconds; null before. */
  public @Nullable Long lastAppliedMillis() {
    long millis = lastAppliedMillis;
    return millis == 0 ? null : millis;
  }
}
