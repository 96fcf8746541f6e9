package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.SessionEntries.CHANGED_NANOS;
import static io.tribescope.agent.recording.SessionEntries.DOUBTED;
import static io.tribescope.agent.recording.SessionEntries.MISSED;
import static io.tribescope.agent.recording.SessionEntries.POSSIBLE;
import static io.tribescope.agent.recording.SessionEntries.QUEUED;
import static io.tribescope.agent.recording.SessionEntries.UNCONFIRMED_SINCE;
import static io.tribescope.agent.recording.SessionEntries.UNREPLICATED_SINCE;
import static io.tribescope.agent.recording.SessionEntries.tag;

/**
 * Who holds the newest change of each session that was changed here, by the session's key. Nothing
 * of the session is kept. All memory is taken at once; a look-up reads two short runs of keys, a
 * change one cache line more. Lock-free; only the walks over the whole table (at a scrape, when a
 * member comes, when receipts come) take longer than a few look-ups.
 */
final class SessionTable {
  // A handle: where a change is recorded, which change it is, and enough of the key to know.
  private static final int SLOT_BITS = 21;
  private static final int HANDLE_TAG_SHIFT = SLOT_BITS;
  private static final long KEY_CHECK = -1L << (SLOT_BITS + 8);

  private final SessionSlots slots;
  private final SessionEntries entries;
  private volatile boolean saturated;

  /**
   * @param sessions how many are to find room
   */
  SessionTable(int sessions) {
    slots = new SessionSlots(sessions);
    entries = new SessionEntries(slots.size());
  }

  /** Whether a session was ever left out for want of room. */
  boolean saturated() {
    return saturated;
  }

  /**
   * A change of that session was made here and is about to be sent.
   *
   * @param known the members that may hold what they held: in the view, or gone without a word. One
   *     that comes back holds it again, and what it lacks is only what was changed since
   * @return a handle of the change; 0 when there is no room
   */
  long changed(long key, int context, long nanos, long millis, long known) {
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
    return handle(key, slot, tag(before) + 1);
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
  void taken(long key, int context, long nanos, long millis, long holders) {
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

  boolean isOwned(long key) {
    int slot = slots.find(key);
    return slot >= 0 && entries.isOwned(slot);
  }

  boolean isKnown(long key) {
    return slots.find(key) >= 0;
  }

  /**
   * Another node changed or used the session. What a member missed of it stays missed.
   *
   * @param known the members that may still have missed something
   */
  void released(long key, long known) {
    int slot = slots.find(key);
    if (slot >= 0) {
      entries.release(slot);
      if ((entries.missedOrDoubted(slot) & known) == 0) {
        slots.free(slot, key);
      }
    }
  }

  /** The session has ended. */
  void remove(long key) {
    int slot = slots.find(key);
    if (slot >= 0) {
      slots.free(slot, key);
    }
  }

  /** The session got another id. */
  void renamed(long from, long to) {
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
  long changedMillis(long key) {
    int slot = slots.find(key);
    return slot < 0 || !entries.isOwned(slot) ? 0 : entries.millis(slot);
  }

  /** Whether that member has or may have missed a change made here. */
  boolean missed(long key, long member) {
    int slot = slots.find(key);
    return slot >= 0 && (entries.missedOrDoubted(slot) & member) != 0;
  }

  /** Whether that member is known to have missed a change made here. */
  boolean missedForSure(long key, long member) {
    int slot = slots.find(key);
    return slot >= 0 && (entries.get(slot, MISSED) & member) != 0;
  }

  /** Another node's change contradicts the newest one made here; whether that is news. */
  boolean disputed(long key) {
    int slot = slots.find(key);
    return slot >= 0 && entries.dispute(slot);
  }

  /** The message of the change got this timestamp. */
  void stamped(long handle, long millis) {
    int slot = slot(handle);
    if (slot >= 0 && isNewest(slot, handle)) {
      entries.stamp(slot, millis);
    }
  }

  /** The change is being sent to that member. */
  void sending(long handle, long member) {
    int slot = slot(handle);
    if (slot >= 0) {
      entries.possible(slot, tagOf(handle), member, 0);
    }
  }

  /** It was handed over to that member, who may have confirmed it. */
  void handedOver(long handle, long member, boolean acknowledged) {
    int slot = slot(handle);
    if (slot < 0 || !isNewest(slot, handle)) {
      return;
    }
    entries.lazySet(slot, UNREPLICATED_SINCE, 0);
    if (acknowledged) {
      entries.confirm(slot, tagOf(handle), member);
    }
  }

  /** It was not handed over to that member, or nobody knows. */
  void failed(long handle, long member, boolean mayHaveArrived) {
    int slot = slot(handle);
    if (slot < 0) {
      return;
    }
    if (!mayHaveArrived) {
      entries.possible(slot, tagOf(handle), 0, member);
      entries.set(slot, MISSED, member);
    } else if (isNewest(slot, handle)) {
      entries.doubt(slot, member);
    } else {
      entries.doubtForGood(slot, member);
    }
  }

  /** Sending has ended, for all; {@code absent} were not sent to. */
  void sent(long handle, long absent) {
    int slot = slot(handle);
    if (slot >= 0) {
      entries.possible(slot, tagOf(handle), 0, QUEUED);
      if (absent != 0) {
        entries.set(slot, MISSED, absent);
      }
    }
  }

  /** It is not known where it went: it may be with all, and nobody has confirmed it. */
  void lostSight(long handle) {
    int slot = slot(handle);
    if (slot >= 0) {
      entries.possible(slot, tagOf(handle), QUEUED, 0);
      entries.unconfirm(slot, tagOf(handle));
    }
  }

  /** A transfer takes the session, as it now is, to that member. */
  void transferring(long key, long member) {
    int slot = slots.find(key);
    if (slot >= 0) {
      entries.heal(slot, member);
      entries.possible(slot, tag(entries.get(slot, POSSIBLE)), member, 0);
    }
  }

  /** A transfer failed: that member may lack something of every session of the context. */
  void transferFailed(int context, long member) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (holdsSession(slot) && entries.context(slot) == context) {
        entries.doubtForGood(slot, member);
      }
    }
  }

  /**
   * That member has told of all that arrived there.
   *
   * @param arrived whether what was written in that second has, by the messages' timestamps
   */
  void receipts(long member, Arrivals arrived) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (!holdsSession(slot)) {
        continue;
      }
      long possible = entries.get(slot, POSSIBLE);
      boolean doubted = (entries.get(slot, DOUBTED) & member) != 0;
      if ((possible & member) != 0
          && (possible & QUEUED) == 0
          && (doubted || (entries.confirmed(slot, possible) & member) == 0)
          && arrived.of(entries.millis(slot) / 1000, doubted)) {
        entries.confirm(slot, tag(possible), member);
        if (doubted && entries.get(slot, POSSIBLE) == possible) {
          entries.endDoubt(slot, member);
        }
      }
    }
  }

  /** Whether what was written in a second has arrived; also what was doubtful, if any was. */
  interface Arrivals {
    boolean of(long second, boolean doubtful);
  }

  /** A transfer of the context's sessions, as they were at that time, is with that member. */
  void transferArrived(int context, long member, long nanos) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (holdsSession(slot)) {
        long possible = entries.get(slot, POSSIBLE);
        if (entries.context(slot) == context
            && (possible & member) != 0
            && (possible & QUEUED) == 0
            && entries.get(slot, CHANGED_NANOS) - nanos <= 0) {
          entries.confirm(slot, tag(possible), member);
        }
      }
    }
  }

  /**
   * A new life has come: whoever could give it the sessions may have, as that one holds them. What
   * anyone lacks it may lack, until a transfer from here brings it.
   */
  void joined(long member, long live) {
    long others = live & ~member;
    for (int slot = 0; slot < slots.size(); slot++) {
      if (holdsSession(slot)) {
        long now = entries.get(slot, POSSIBLE);
        if ((now & (others | QUEUED)) != 0) {
          entries.possible(slot, tag(now), member, 0);
        }
        if ((entries.missedOrDoubted(slot) & others) != 0) {
          entries.doubtForGood(slot, member);
        }
      }
    }
  }

  /** What waited to be sent never will be. */
  void queueLost(long known) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (holdsSession(slot)) {
        long possible = entries.get(slot, POSSIBLE);
        if ((possible & QUEUED) != 0) {
          entries.possible(slot, tag(possible), 0, QUEUED);
          entries.set(slot, MISSED, known);
        }
      }
    }
  }

  /** Forgets a life whose bit another is to get. */
  void retire(long member) {
    for (int slot = 0; slot < slots.size(); slot++) {
      entries.retire(slot, member);
    }
  }

  /** Forgets the sessions of a context. */
  void removeContext(int context) {
    for (int slot = 0; slot < slots.size(); slot++) {
      long key = slots.keyAt(slot);
      if (key != 0 && entries.context(slot) == context) {
        slots.free(slot, key);
      }
    }
  }

  /** Adds up what would be lost and what is stale. */
  void read(SessionsAtRisk into, long live, long nanos) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (!holdsSession(slot)) {
        continue;
      }
      int context = entries.context(slot);
      into.missed(context, entries.missedOrDoubted(slot) & live);
      if (entries.isOwned(slot)) {
        long possible = entries.get(slot, POSSIBLE);
        if ((possible & (live | QUEUED)) == 0) {
          into.unreplicated(context, age(slot, UNREPLICATED_SINCE, nanos));
        }
        if ((entries.confirmed(slot, possible) & live) == 0) {
          into.unconfirmed(context, age(slot, UNCONFIRMED_SINCE, nanos));
        }
      }
    }
  }

  /** Whether the session is owned here and confirmed by nobody. */
  boolean isUnconfirmed(long key, long live) {
    int slot = slots.find(key);
    return slot >= 0
        && entries.isOwned(slot)
        && (entries.confirmed(slot, entries.get(slot, POSSIBLE)) & live) == 0;
  }

  private long age(int slot, int since, long nanos) {
    long begun = entries.get(slot, since);
    return Math.max(0, nanos - (begun != 0 ? begun : entries.get(slot, CHANGED_NANOS)));
  }

  private boolean holdsSession(int slot) {
    return slots.keyAt(slot) != 0;
  }

  private boolean isNewest(int slot, long handle) {
    return tag(entries.get(slot, POSSIBLE)) == tagOf(handle);
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

  private static long handle(long key, int slot, int tag) {
    return (key & KEY_CHECK) | (long) (tag & 0xFF) << HANDLE_TAG_SHIFT | slot;
  }

  private static int tagOf(long handle) {
    return (int) (handle >>> HANDLE_TAG_SHIFT) & 0xFF;
  }

  /** Where that change is recorded; -1 when its session is there no more. */
  private int slot(long handle) {
    if (handle == 0) {
      return -1;
    }
    int slot = (int) handle & ((1 << SLOT_BITS) - 1);
    long key = slots.keyAt(slot);
    return key != 0 && ((key ^ handle) & KEY_CHECK) == 0 ? slot : -1;
  }
}
