package io.tribescope.agent.recording.cache.records;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Layout;
import io.tribescope.agent.recording.counters.Layout.Block;

/** What one cache sent to one peer and got from it. Counting is lock-free, allocates nothing. */
public final class CachePeerRecord {
  /** Operations on their way: put, remove, remove all. */
  public static final int OPERATIONS = 3;

  private static final Layout LAYOUT = new Layout();
  private static final int SENT = LAYOUT.counters(OPERATIONS);
  private static final int RECEIVED = LAYOUT.counters(OPERATIONS);
  private static final Block<ReplicationFailure> FAILED = LAYOUT.block(ReplicationFailure.class);

  /** The last, so that all before it are counters that can be added up by themselves. */
  private static final int DELAY = LAYOUT.durations();

  private final int host;
  private final Cells cells = new Cells(LAYOUT);

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
    cells.add(stripe, FAILED.of(reason), number);
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
    for (int cell = 0; cell < LAYOUT.size(); cell++) {
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
    return cells.sum(FAILED.of(reason));
  }

  /** From the local change to its return from the peer. */
  public Durations delay() {
    return Durations.read(cells, DELAY);
  }
}
