package io.tribescope.agent.recording.receipts;

/**
 * What came from one peer in its present life, by the seconds of its own timestamps: each message
 * once. Thread-safe; adding is lock-free and allocates nothing.
 */
public final class ReceivedTally {
  private final SecondRing ring = new SecondRing();
  private volatile boolean recording;
  private volatile long sinceNanos;

  /** From now on nothing is missed: to be called when this tally can be found. */
  void begin(long nanoTime) {
    sinceNanos = nanoTime;
    recording = true;
  }

  public void add(long timestampMillis, long idHash) {
    ring.add(timestampMillis, idHash);
  }

  /**
   * What came of the seconds from {@code oldest} on: as many as a reply holds.
   *
   * @param nanoTime now, read before
   */
  public Receipts receipts(long oldest, long nanoTime) {
    Receipts.Builder receipts = new Receipts.Builder(recording ? nanoTime - sinceNanos : 0);
    long first = Math.min(Math.max(0, oldest), 1L << 32);
    for (long second = first; second - first < SecondRing.SECONDS; second++) {
      SecondRing.Reading reading = ring.read(second);
      if (reading.count != 0 && !receipts.add(second, reading.count, reading.sum)) {
        break;
      }
      receipts.through(second);
    }
    return receipts.build();
  }
}
