package io.tribescope.agent.recording.members;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Layout;
import io.tribescope.agent.recording.counters.Layout.Block;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.SendFailure;
import io.tribescope.agent.recording.receipts.ClockOffset;
import io.tribescope.agent.recording.receipts.PeerLags;
import io.tribescope.agent.recording.receipts.PeerLedger;
import io.tribescope.agent.recording.receipts.Question;
import io.tribescope.agent.recording.receipts.ReceivedTally;
import io.tribescope.agent.recording.receipts.SentTally;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What is recorded of one peer, by address, through all of its lives. Thread-safe. */
public final class PeerRecord {
  private static final Layout LAYOUT = new Layout();
  private static final Block<MessageType> SENT_WRITTEN = LAYOUT.block(MessageType.class);
  private static final Block<MessageType> SENT_ACKNOWLEDGED = LAYOUT.block(MessageType.class);
  private static final Block<MessageType> RECEIVED = LAYOUT.block(MessageType.class);
  private static final Block<SendFailure> FAILED = LAYOUT.block(SendFailure.class);
  private static final Block<Discard> DISCARDED = LAYOUT.block(Discard.class);
  private static final int SENT_BYTES = LAYOUT.counter();
  private static final int RECEIVED_BYTES = LAYOUT.counter();
  private static final int DUPLICATES = LAYOUT.counter();
  private static final int PUT_ASIDE = LAYOUT.counter();
  private static final int REPLAYED = LAYOUT.counter();

  private final long key;
  private final String name;
  private final ClockOffset clock = new ClockOffset();
  private final PeerLags lags = new PeerLags();
  private final PeerLedger ledger = new PeerLedger();
  private final Presence presence = new Presence();
  private final Cells cells = new Cells(LAYOUT);

  private final AtomicBoolean suspected = new AtomicBoolean();
  private final AtomicLong olderThanState = new AtomicLong();
  private final AtomicReference<@Nullable Question> question = new AtomicReference<>();
  private final long admittedNanos;
  private volatile boolean member;
  private volatile long departedLife;
  private volatile long lifeId;
  private volatile long life;
  private volatile long routeHash;
  private volatile boolean routeTold;
  private volatile long aliveNanos;
  private volatile boolean alive;
  private volatile boolean begun;
  private volatile long begunNanos;

  public PeerRecord(long key, String name, long admittedNanos) {
    this.key = key;
    this.name = name;
    this.admittedNanos = admittedNanos;
  }

  public void sent(int stripe, MessageType type, boolean acknowledged, int bytes) {
    cells.increment(stripe, (acknowledged ? SENT_ACKNOWLEDGED : SENT_WRITTEN).of(type));
    cells.add(stripe, SENT_BYTES, bytes);
  }

  public void failed(int stripe, SendFailure reason) {
    cells.increment(stripe, FAILED.of(reason));
  }

  public void received(int stripe, MessageType type, int bytes) {
    cells.increment(stripe, RECEIVED.of(type));
    cells.add(stripe, RECEIVED_BYTES, bytes);
  }

  public void duplicate(int stripe) {
    cells.increment(stripe, DUPLICATES);
  }

  public void discarded(int stripe, Discard reason) {
    cells.increment(stripe, DISCARDED.of(reason));
  }

  /** A message was put aside until a state transfer ends. */
  public void putAside(int stripe) {
    cells.increment(stripe, PUT_ASIDE);
  }

  /** One that had been put aside is handled after all. */
  public void replayed(int stripe) {
    cells.increment(stripe, REPLAYED);
  }

  /** Put aside and not replayed; below zero when some came before the peer was in the view. */
  public long aside() {
    return cells.sum(PUT_ASIDE) - cells.sum(REPLAYED);
  }

  /** So many that had been put aside were dropped in the end; never fewer than before. */
  public void olderThanState(long messages) {
    olderThanState.accumulateAndGet(messages, Math::max);
  }

  /**
   * Comes into the view, as that event of its channel's.
   *
   * @return whether this life is the one that was dropped before
   */
  public boolean appeared(long id, int event, long nanoTime) {
    boolean same = departedLife == id;
    departedLife = 0;
    if (lifeId != id) {
      // The new life may be on another machine.
      clock.doubt();
      ledger.newLife();
      begunNanos = nanoTime;
      begun = true;
    }
    lifeId = id;
    suspected.set(false);
    setMember();
    presence.changed(event, true, 0);
    return same;
  }

  /**
   * Leaves the view. A departure of an earlier life, left over in the view after a fast restart,
   * changes nothing. An announced one ends the life: whoever comes back is new.
   */
  public void disappeared(long id, boolean announced, long nanoTime, int event) {
    if (lifeId != 0 && lifeId != id) {
      return;
    }
    departedLife = announced ? 0 : id;
    if (announced) {
      lifeId = 0;
      life = 0;
    }
    suspected.set(false);
    presence.changed(event, false, nanoTime);
  }

  /** Returns whether that changed anything. Verification repeats while a suspicion lasts. */
  public boolean setSuspected(boolean now) {
    return suspected.compareAndSet(!now, now);
  }

  /**
   * Takes over whether a view has it.
   *
   * @param viewEvents how many events of its channel's there were before the view was read
   */
  public void reconcile(boolean present, int viewEvents, long nanoTime) {
    if (present) {
      setMember();
    }
    presence.reconcile(present, viewEvents, nanoTime);
  }

  /** Whether a member that comes with that id was not in the view before. */
  public boolean isNewLife(long id) {
    return life == 0 || lifeId != id;
  }

  /** Whether what is known of the present life may be of a member that comes with that id. */
  public boolean mayBe(long id) {
    return life != 0 && (lifeId == 0 || lifeId == id);
  }

  /** The bit of {@link Lives} that stands for the present life; 0 when it has none. */
  public long life() {
    return life;
  }

  void setLife(long bit) {
    life = bit;
  }

  /** Its jvmRoute as SessionKey has it; 0 while unknown. */
  public long routeHash() {
    return routeHash;
  }

  /** What its agent says. */
  public void setRouteHash(long route) {
    routeHash = route;
    routeTold = route != 0;
  }

  /** A session made there has that route, which a client can have chosen. */
  public void mayHaveRoute(long route) {
    if (!routeTold && route != 0) {
      routeHash = route;
    }
  }

  /** It was alive at that time, by our monotonic clock. */
  public void wasAliveAt(long nanos) {
    if (!alive || nanos - aliveNanos > 0) {
      aliveNanos = nanos;
      alive = true;
    }
  }

  /** Whether it is known to have been alive after that time. */
  public boolean isAliveAfter(long nanos) {
    return alive && aliveNanos - nanos > 0;
  }

  /** Whether its present life came into the view since. */
  public boolean hasBegunAfter(long nanos) {
    return begun && begunNanos - nanos > 0;
  }

  /** Whether it was ever in the view. What was only sent to may have named itself. */
  public boolean isMember() {
    return member;
  }

  /** Returns whether that changed anything. */
  boolean setMember() {
    if (member) {
      return false;
    }
    ledger.begin();
    member = true;
    return true;
  }

  /** When it was first met, by the monotonic clock. */
  public long admittedNanos() {
    return admittedNanos;
  }

  /** Adds what was counted of that one, which is forgotten. */
  public void takeOver(PeerRecord gone) {
    for (int counter = 0; counter < LAYOUT.size(); counter++) {
      cells.add(0, counter, gone.cells.sum(counter));
    }
    lags.takeOver(gone.lags);
  }

  public boolean inView() {
    return presence.inView();
  }

  /** When it left the view, by the monotonic clock; 0 when it never did. */
  public long departedNanos() {
    return presence.departedNanos();
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

  /** How late its changes were applied here. */
  public PeerLags lags() {
    return lags;
  }

  /** The unique id of the present life, hashed; 0 while unknown. */
  public long lifeId() {
    return lifeId;
  }

  /**
   * It asks. The newest question takes the place of one that still waits: who asks again has often
   * given up on the first, and the answer then says more, of a shorter wait.
   *
   * @return whether none waited
   */
  public boolean asks(Question newest) {
    return question.getAndSet(newest) == null;
  }

  /** The question that waits for its answer, which then waits no more. */
  public @Nullable Question takeQuestion() {
    return question.getAndSet(null);
  }

  /** What was handed over to its present life. */
  public SentTally sentTally() {
    return ledger.sent();
  }

  /** What came from its present life. */
  public ReceivedTally receivedTally() {
    return ledger.received();
  }

  /** After a step of our clock: what was sent before it is no longer compared. */
  public void forgetSent() {
    ledger.forgetSent();
  }

  /** Takes over what a receipt has shown, for as many messages as it found missing. */
  public void receiptsTaken(int newlyMissing) {
    ledger.receiptsTaken(newlyMissing);
  }

  /**
   * Whether its present life has ever told what came to it. While it is frozen or cut off it tells
   * nothing, and so confirms nothing: that is known, and not the same as to have no agent.
   */
  public boolean tellsWhatArrived() {
    return ledger.tells();
  }

  /** Whether any receipt ever came. */
  public boolean receiptsSeen() {
    return ledger.receiptsSeen();
  }

  /** Messages handed over that never arrived; null while no receipt ever came. */
  public @Nullable Long missing() {
    return ledger.missing();
  }

  /** Whether its agent knows the first version of the probe alone. */
  public boolean speaksFirstVersion() {
    return ledger.speaksFirstVersion();
  }

  public void setSpeaksFirstVersion(boolean now) {
    ledger.setSpeaksFirstVersion(now);
  }

  public long sent(MessageType type, boolean acknowledged) {
    return cells.sum((acknowledged ? SENT_ACKNOWLEDGED : SENT_WRITTEN).of(type));
  }

  public long failed(SendFailure reason) {
    return cells.sum(FAILED.of(reason));
  }

  /** Whether anything was ever sent to it, or failed to be. */
  public boolean wasSentTo() {
    return cells.anyOf(SENT_WRITTEN) || cells.anyOf(SENT_ACKNOWLEDGED) || cells.anyOf(FAILED);
  }

  public long sentBytes() {
    return cells.sum(SENT_BYTES);
  }

  public long received(MessageType type) {
    return cells.sum(RECEIVED.of(type));
  }

  public long receivedBytes() {
    return cells.sum(RECEIVED_BYTES);
  }

  public long duplicates() {
    return cells.sum(DUPLICATES);
  }

  public long discarded(Discard reason) {
    return reason == Discard.OLDER_THAN_STATE
        ? olderThanState.get()
        : cells.sum(DISCARDED.of(reason));
  }
}
