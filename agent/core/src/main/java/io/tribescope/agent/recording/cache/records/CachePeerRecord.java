package io.tribescope.agent.recording.cache.records;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;

/** What one cache sent to one peer and got from it. Counting is lock-free, allocates nothing. */
public final class CachePeerRecord {
  /** Operations on their way: put, remove, remove all. */
  public static final int OPERATIONS = 3;

  private static final int SENT = 0;
  private static final int RECEIVED = SENT + OPERATIONS;
  private static final int FAILED = RECEIVED + OPERATIONS;
  private static final int DELAY = FAILED + ReplicationFailure.values().length;
  private static final int CELLS = DELAY + Durations.CELLS;

  private final int host;
  private final Cells cells = new Cells(CELLS);

  CachePeerRecord(int host) {
    this.host = host;
  }

  /** The peer's number in {@link PeerHosts}. */
  public int host() {
    return host;
  }

  public void sent(int stripe, int operation, int number) {
    cells.add(stripe, SENT + operation, number);
  }

  public void failed(int stripe, ReplicationFailure reason, int number) {
    cells.add(stripe, FAILED + reason.ordinal(), number);
  }

  public void received(int stripe, int operation) {
    cells.increment(stripe, RECEIVED + operation);
  }

  public void delayed(int stripe, long nanos) {
    Durations.record(cells, stripe, DELAY, nanos);
  }

  /** All changes together, whatever became of them. */
  long counted() {
    long counted = 0;
    for (int cell = 0; cell < DELAY; cell++) {
      counted += cells.sum(cell);
    }
    return counted;
  }

  /** Takes over all that another record counted. */
  void absorb(CachePeerRecord other) {
    for (int cell = 0; cell < CELLS; cell++) {
      cells.add(0, cell, other.cells.sum(cell));
    }
  }

  /** What both counted. */
  public CachePeerRecord plus(CachePeerRecord other) {
    CachePeerRecord sum = new CachePeerRecord(host);
    sum.absorb(this);
    sum.absorb(other);
    return sum;
  }

  public long sent(int operation) {
    return cells.sum(SENT + operation);
  }

  public long received(int operation) {
    return cells.sum(RECEIVED + operation);
  }

  public long failed(ReplicationFailure reason) {
    return cells.sum(FAILED + reason.ordinal());
  }

  /** From the local change to its return from the peer. */
  public Durations delay() {
    return Durations.read(cells, DELAY);
  }
}
