package io.tribescope.agent.recording;

import org.jspecify.annotations.Nullable;

/** What is recorded of one peer, by address, through all of its lives. Thread-safe. */
public final class PeerRecord {
  private static final int SENT_WRITTEN = 0;
  private static final int SENT_ACKNOWLEDGED = SENT_WRITTEN + MessageType.COUNT;
  private static final int RECEIVED = SENT_ACKNOWLEDGED + MessageType.COUNT;
  private static final int FAILED = RECEIVED + MessageType.COUNT;
  private static final int DISCARDED = FAILED + SendFailure.COUNT;
  private static final int SENT_BYTES = DISCARDED + Discard.COUNT;
  private static final int RECEIVED_BYTES = SENT_BYTES + 1;
  private static final int DUPLICATES = RECEIVED_BYTES + 1;
  private static final int LAG_UNKNOWN = DUPLICATES + 1;
  private static final int PUT_ASIDE = LAG_UNKNOWN + 1;
  private static final int REPLAYED = PUT_ASIDE + 1;
  private static final int LAG = REPLAYED + 1;

  private final long key;
  private final String name;
  private final ClockOffset clock = new ClockOffset();
  private final Cells cells = new Cells(LAG + Durations.CELLS);

  private volatile boolean inView;
  private volatile long departedNanos;
  private volatile long lastAppliedMillis;
  private volatile long lifeId;
  private volatile boolean suspected;
  private volatile long olderThanState;

  PeerRecord(long key, String name) {
    this.key = key;
    this.name = name;
  }

  void sent(int stripe, MessageType type, boolean acknowledged, int bytes) {
    cells.increment(stripe, (acknowledged ? SENT_ACKNOWLEDGED : SENT_WRITTEN) + type.ordinal());
    cells.add(stripe, SENT_BYTES, bytes);
  }

  void failed(int stripe, SendFailure reason) {
    cells.increment(stripe, FAILED + reason.ordinal());
  }

  void received(int stripe, MessageType type, int bytes) {
    cells.increment(stripe, RECEIVED + type.ordinal());
    cells.add(stripe, RECEIVED_BYTES, bytes);
  }

  void duplicate(int stripe) {
    cells.increment(stripe, DUPLICATES);
  }

  void discarded(int stripe, Discard reason) {
    cells.increment(stripe, DISCARDED + reason.ordinal());
  }

  /** A message was put aside until a state transfer ends. */
  void putAside(int stripe) {
    cells.increment(stripe, PUT_ASIDE);
  }

  /** One that had been put aside is handled after all. */
  void replayed(int stripe) {
    cells.increment(stripe, REPLAYED);
  }

  /** Put aside and not replayed; below zero when some came before the peer was in the view. */
  long aside() {
    return cells.sum(PUT_ASIDE) - cells.sum(REPLAYED);
  }

  /** So many that had been put aside were dropped in the end. */
  void olderThanState(long messages) {
    olderThanState = Math.max(olderThanState, messages);
  }

  void applied(long nowMillis) {
    lastAppliedMillis = nowMillis;
  }

  /** A lag below zero lies within the offset's error, and is taken as zero. */
  void lag(int stripe, long nanos) {
    Durations.record(cells, stripe, LAG, Math.max(0, nanos));
  }

  void lagUnknown(int stripe) {
    cells.increment(stripe, LAG_UNKNOWN);
  }

  /** Whether this life is the one that was dropped before. */
  boolean appeared(long id) {
    boolean same = !inView && departedNanos != 0 && lifeId == id;
    if (lifeId != id) {
      // The new life may be on another machine.
      clock.doubt();
    }
    lifeId = id;
    suspected = false;
    setInView(true, 0);
    return same;
  }

  /**
   * A departure of an earlier life, left over in the view after a fast restart, changes nothing. An
   * announced one ends the life: whoever comes back is new.
   */
  void disappeared(long id, boolean announced, long nanoTime) {
    if (lifeId != 0 && lifeId != id) {
      return;
    }
    if (announced) {
      lifeId = 0;
    }
    suspected = false;
    setInView(false, nanoTime);
  }

  /** Returns whether that changed anything. Verification repeats while a suspicion lasts. */
  boolean setSuspected(boolean now) {
    boolean changed = suspected != now;
    suspected = now;
    return changed;
  }

  void setInView(boolean now, long nanoTime) {
    if (inView && !now) {
      departedNanos = nanoTime;
    }
    inView = now;
  }

  boolean inView() {
    return inView;
  }

  /** When it left the view, by the monotonic clock; 0 when it never did. */
  long departedNanos() {
    return departedNanos;
  }

  public long key() {
    return key;
  }

  /** {@code host:port}, or {@code other}. */
  public String name() {
    return name;
  }

  public ClockOffset clock() {
    return clock;
  }

  /** The unique id of the present life, hashed; 0 while unknown. */
  public long lifeId() {
    return lifeId;
  }

  public long sent(MessageType type, boolean acknowledged) {
    return cells.sum((acknowledged ? SENT_ACKNOWLEDGED : SENT_WRITTEN) + type.ordinal());
  }

  public long failed(SendFailure reason) {
    return cells.sum(FAILED + reason.ordinal());
  }

  public long sentBytes() {
    return cells.sum(SENT_BYTES);
  }

  public long received(MessageType type) {
    return cells.sum(RECEIVED + type.ordinal());
  }

  public long receivedBytes() {
    return cells.sum(RECEIVED_BYTES);
  }

  public long duplicates() {
    return cells.sum(DUPLICATES);
  }

  public long discarded(Discard reason) {
    return reason == Discard.OLDER_THAN_STATE
        ? olderThanState
        : cells.sum(DISCARDED + reason.ordinal());
  }

  public Durations lag() {
    return Durations.read(cells, LAG);
  }

  public long lagUnknown() {
    return cells.sum(LAG_UNKNOWN);
  }

  /** When a change of this peer was last applied here, in epoch milliseconds; null before. */
  public @Nullable Long lastAppliedMillis() {
    long millis = lastAppliedMillis;
    return millis == 0 ? null : millis;
  }
}
