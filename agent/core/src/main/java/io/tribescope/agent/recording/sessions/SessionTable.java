package io.tribescope.agent.recording.sessions;

import static io.tribescope.agent.recording.sessions.SessionEntries.CHANGED_NANOS;
import static io.tribescope.agent.recording.sessions.SessionEntries.MISSED;
import static io.tribescope.agent.recording.sessions.SessionEntries.POSSIBLE;
import static io.tribescope.agent.recording.sessions.SessionEntries.QUEUED;
import static io.tribescope.agent.recording.sessions.SessionEntries.UNCONFIRMED_SINCE;
import static io.tribescope.agent.recording.sessions.SessionEntries.UNREPLICATED_SINCE;
import static io.tribescope.agent.recording.sessions.SessionEntries.tag;

/**
 * Who holds the newest change of each session that was changed here.
 *
 * <h2>The idea</h2>
 *
 * <p>What would be lost if this node died now? A change is lost when no other node has applied it.
 * Nobody knows that exactly, so the table keeps two sets of members for the newest change of each
 * session: those that <em>may</em> hold it, and those that have <em>confirmed</em> it. A session
 * that no member in the view may hold would be lost for certain; one that none has confirmed,
 * perhaps. Two more sets say which members lack <em>any</em> change of the session: for certain
 * (missed), or perhaps (doubted). Tomcat never sends it again, so that their replica stays stale.
 *
 * <p>A session is known by a hash of its id ({@link SessionKey}); nothing else of it is kept. A
 * member is a bit that stands for one life of it, so that whether a holder is still there is one
 * mask; a restart is another bit.
 *
 * <h2>An entry</h2>
 *
 * <p>Eight words, 64 bytes ({@link SessionEntries}):
 *
 * <pre>
 * POSSIBLE            number | QUEUED | members that may hold the newest change
 * CONFIRMED           number |        | members that have confirmed it
 * MISSED                              members that lack a change for certain
 * DOUBTED                             members that may lack one
 * CHANGED_NANOS       when the newest change was made
 * UNREPLICATED_SINCE  the first change since a member could hold one; 0: the newest
 * UNCONFIRMED_SINCE   the first change since a member confirmed one; 0: the newest
 * META                timestamp | context | OUT_OF_SIGHT | DOUBTED_BEFORE | DISPUTED | OWNED
 * </pre>
 *
 * <p>The number is that of the newest change, modulo 256, in the top byte. What comes late, by
 * another thread or an acknowledgement, names its change by a {@link ChangeHandle}. What it says of
 * POSSIBLE and CONFIRMED counts only if that is still the newest; what a member lacks counts
 * always. After 256 changes a number comes again: the begin of a change therefore takes away what
 * was confirmed under its number before. A report that is 256 changes of one session late would be
 * taken for the newest; none is known to wait that long.
 *
 * <p>QUEUED stands for "it may reach anyone": the change has not left yet, or it is out of sight,
 * and nobody knows where it went. OUT_OF_SIGHT in META tells the two apart.
 *
 * <h2>What changes them</h2>
 *
 * <pre>
 * event               POSSIBLE        CONFIRMED  MISSED     DOUBTED
 * changed             QUEUED, alone   none                  as before, for good
 * taken               those in view   none                  as before, for good
 * sending to m        + m
 * handedOver to m                     + m (1)
 * failed, never left  - m             - m        + m
 * failed, may be                      - m                   + m, for good if older
 * sent to all         - QUEUED                   + absent
 * lostSight           + QUEUED (2)    none                  + known, for good
 * transferring to m   + m                        - m        - m
 * transferFailed                                            + m, for good
 * receipts of m                       + m (3)               - m, unless for good
 * transferArrived                     + m (3)
 * joined: m comes     + m (4)                               + m (5), for good
 * queueLost           - QUEUED (6)               + known (6)
 * renamed             as the old id's, under the new one
 * released            kept where a member lacks a change, not owned; else the entry goes
 * remove              the entry goes; removeContext: all of a context
 * retire m            - m             - m        - m        - m
 *
 * (1) if it was acknowledged and is still the newest
 * (2) and is out of sight from then on, until the next change
 * (3) if it left, may be there, and all that was written in its second has arrived; of a transfer,
 *     if it began after the newest change
 * (4) if another in the view may hold the change, or it may reach anyone
 * (5) if another in the view lacks one, or may
 * (6) but not where it is out of sight: that change does not wait
 * </pre>
 *
 * <p>"For good" is DOUBTED_BEFORE: something else than the newest change is in doubt, which no
 * receipt of the newest can end; only a transfer, or the session's end. {@link #released}, when
 * another node changes the session, keeps the entry only while a member lacks something of it.
 *
 * <h2>What it costs, and what is approximate</h2>
 *
 * <p>Memory is taken in blocks, as sessions come: 72 KiB for each 1,024 slots. A look-up reads two
 * to six short runs of keys ({@link SessionSlots}), a change the entry's 64 bytes more. Every step
 * is a compare-and-set of one word: lock-free, and without allocation but for the blocks. Words of
 * one entry are not changed together; a scrape in between may see a session one step ahead in one
 * of them. A walk over all sessions ({@link SessionSweep}) is for scrapes, receipts and members
 * that come. Beyond the room a session is left out, and {@link #saturated} says so. Two sessions of
 * one 64-bit hash would be taken for one.
 */
public final class SessionTable {
  private final SessionSlots slots;
  private final SessionEntries entries;
  private final SessionSweep sweep;
  private volatile boolean saturated;

  /**
   * @param sessions how many are to find room
   */
  public SessionTable(int sessions) {
    slots = new SessionSlots(sessions);
    entries = new SessionEntries(slots.size());
    sweep = new SessionSweep(slots, entries);
  }

  /** What concerns all sessions at once. */
  public SessionSweep sweep() {
    return sweep;
  }

  /** Whether a session was ever left out for want of room. */
  public boolean saturated() {
    return saturated;
  }

  /**
   * A change of that session was made here and is about to be sent.
   *
   * @param known the members that may hold what they held: in the view, or gone without a word. One
   *     that comes back holds it again, and what it lacks is only what was changed since
   * @return a handle of the change; 0 when there is no room
   */
  public long changed(long key, int context, long nanos, long millis, long known) {
    int slot = findOrAdd(key, context);
    if (slot < 0) {
      return 0;
    }
    long before = entries.begin(slot, QUEUED);
    long changed = entries.get(slot, CHANGED_NANOS);
    run(slot, UNREPLICATED_SINCE, (before & (known | QUEUED)) != 0, changed, nanos);
    run(slot, UNCONFIRMED_SINCE, (entries.confirmed(slot, before) & known) != 0, changed, nanos);
    entries.lazySet(slot, CHANGED_NANOS, nanos | 1);
    entries.own(slot, context, millis);
    return ChangeHandle.of(key, slot, tag(before) + 1);
  }

  private void run(int slot, int word, boolean held, long changed, long nanos) {
    if (entries.get(slot, word) == 0) {
      entries.lazySet(slot, word, held || changed == 0 ? nanos | 1 : changed);
    }
  }

  /**
   * The session has come here from another node, unchanged.
   *
   * @param holders who may hold what that node last changed
   */
  public void taken(long key, int context, long nanos, long millis, long holders) {
    int found = slots.find(key);
    if (found >= 0 && entries.isOwned(found)) {
      return;
    }
    int slot = found >= 0 ? found : findOrAdd(key, context);
    if (slot >= 0) {
      entries.begin(slot, holders);
      entries.lazySet(slot, CHANGED_NANOS, nanos | 1);
      entries.lazySet(slot, UNREPLICATED_SINCE, 0);
      entries.lazySet(slot, UNCONFIRMED_SINCE, 0);
      entries.own(slot, context, millis);
    }
  }

  public boolean isOwned(long key) {
    int slot = slots.find(key);
    return slot >= 0 && entries.isOwned(slot);
  }

  public boolean isKnown(long key) {
    return slots.find(key) >= 0;
  }

  /**
   * Another node changed or used the session. What a member missed of it stays missed.
   *
   * @param known the members that may still have missed something
   */
  public void released(long key, long known) {
    int slot = slots.find(key);
    if (slot >= 0) {
      entries.release(slot);
      if ((entries.missedOrDoubted(slot) & known) == 0) {
        slots.free(slot, key);
      }
    }
  }

  /** The session has ended. */
  public void remove(long key) {
    int slot = slots.find(key);
    if (slot >= 0) {
      slots.free(slot, key);
    }
  }

  /** The session got another id. */
  public void renamed(long from, long to) {
    int old = from == to ? -1 : slots.find(from);
    if (old < 0) {
      return;
    }
    int slot = findOrAdd(to, entries.context(old));
    if (slot >= 0) {
      entries.copy(old, slot);
    }
    slots.free(old, from);
  }

  /** When the newest change was made here, in epoch milliseconds; 0 when there is none. */
  public long changedMillis(long key) {
    int slot = slots.find(key);
    return slot < 0 || !entries.isOwned(slot) ? 0 : entries.millis(slot);
  }

  /** Whether that member has or may have missed a change made here. */
  boolean missed(long key, long member) {
    int slot = slots.find(key);
    return slot >= 0 && (entries.missedOrDoubted(slot) & member) != 0;
  }

  /** Whether that member is known to have missed a change made here. */
  public boolean missedForSure(long key, long member) {
    int slot = slots.find(key);
    return slot >= 0 && (entries.get(slot, MISSED) & member) != 0;
  }

  /** Another node's change contradicts the newest one made here; whether that is news. */
  public boolean disputed(long key) {
    int slot = slots.find(key);
    return slot >= 0 && entries.dispute(slot);
  }

  /** The message of the change got this timestamp. */
  public void stamped(long handle, long millis) {
    int slot = slot(handle);
    if (slot >= 0 && isNewest(slot, handle)) {
      entries.stamp(slot, millis);
    }
  }

  /** The change is being sent to that member. */
  public void sending(long handle, long member) {
    int slot = slot(handle);
    if (slot >= 0) {
      entries.possible(slot, ChangeHandle.tag(handle), member, 0);
    }
  }

  /** It was handed over to that member, who may have confirmed it. */
  public void handedOver(long handle, long member, boolean acknowledged) {
    int slot = slot(handle);
    if (slot < 0 || !isNewest(slot, handle)) {
      return;
    }
    entries.lazySet(slot, UNREPLICATED_SINCE, 0);
    if (acknowledged) {
      entries.confirm(slot, ChangeHandle.tag(handle), member);
    }
  }

  /** It was not handed over to that member, or nobody knows. */
  public void failed(long handle, long member, boolean mayHaveArrived) {
    int slot = slot(handle);
    if (slot < 0) {
      return;
    }
    // A part of the message may have been acknowledged before.
    entries.unconfirm(slot, ChangeHandle.tag(handle), member);
    if (!mayHaveArrived) {
      entries.possible(slot, ChangeHandle.tag(handle), 0, member);
      entries.set(slot, MISSED, member);
    } else if (isNewest(slot, handle)) {
      entries.doubt(slot, member);
    } else {
      entries.doubtForGood(slot, member);
    }
  }

  /** Sending has ended, for all; {@code absent} were not sent to. */
  public void sent(long handle, long absent) {
    int slot = slot(handle);
    if (slot >= 0) {
      entries.possible(slot, ChangeHandle.tag(handle), 0, QUEUED);
      if (absent != 0) {
        entries.set(slot, MISSED, absent);
      }
    }
  }

  /**
   * It is not known where it went: any of these members may hold it or lack it, and nobody has
   * confirmed it.
   */
  public void lostSight(long handle, long known) {
    int slot = slot(handle);
    if (slot >= 0) {
      entries.doubtForGood(slot, known);
      if (isNewest(slot, handle)) {
        entries.loseSight(slot);
      }
      entries.possible(slot, ChangeHandle.tag(handle), QUEUED, 0);
      entries.unconfirm(slot, ChangeHandle.tag(handle), SessionEntries.BITS);
    }
  }

  /** A transfer takes the session, as it now is, to that member. */
  public void transferring(long key, long member) {
    int slot = slots.find(key);
    if (slot >= 0) {
      entries.heal(slot, member);
      entries.possible(slot, tag(entries.get(slot, POSSIBLE)), member, 0);
    }
  }

  /** Whether the session is owned here and confirmed by nobody. */
  public boolean isUnconfirmed(long key, long live) {
    int slot = slots.find(key);
    return slot >= 0
        && entries.isOwned(slot)
        && (entries.confirmed(slot, entries.get(slot, POSSIBLE)) & live) == 0;
  }

  private boolean isNewest(int slot, long handle) {
    return tag(entries.get(slot, POSSIBLE)) == ChangeHandle.tag(handle);
  }

  private int findOrAdd(long key, int context) {
    int slot = slots.find(key);
    while (slot < 0) {
      int claimed = slots.claim(key);
      if (claimed < 0) {
        saturated = true;
        return -1;
      }
      entries.clear(claimed, context);
      slots.publish(key, claimed);
      slot = slots.find(key);
    }
    return slot;
  }

  /** Where that change is recorded; -1 when its session is there no more. */
  private int slot(long handle) {
    if (handle == 0) {
      return -1;
    }
    int slot = ChangeHandle.slot(handle);
    long key = slots.keyAt(slot);
    return key != 0 && ChangeHandle.mayBeOf(handle, key) ? slot : -1;
  }
}
