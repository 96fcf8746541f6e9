package io.tribescope.agent.recording.sessions;

import static io.tribescope.agent.recording.sessions.SessionEntries.CHANGED_NANOS;
import static io.tribescope.agent.recording.sessions.SessionEntries.DOUBTED;
import static io.tribescope.agent.recording.sessions.SessionEntries.MISSED;
import static io.tribescope.agent.recording.sessions.SessionEntries.POSSIBLE;
import static io.tribescope.agent.recording.sessions.SessionEntries.QUEUED;
import static io.tribescope.agent.recording.sessions.SessionEntries.UNCONFIRMED_SINCE;
import static io.tribescope.agent.recording.sessions.SessionEntries.UNREPLICATED_SINCE;
import static io.tribescope.agent.recording.sessions.SessionEntries.tag;

/**
 * What concerns all sessions of a {@link SessionTable} at once, and walks over them: a member that
 * comes or goes, its receipts, a state transfer, a scrape. Sessions go on changing meanwhile; each
 * entry is read and written as atomically as by the table itself.
 */
public final class SessionSweep {
  private final SessionSlots slots;
  private final SessionEntries entries;

  SessionSweep(SessionSlots slots, SessionEntries entries) {
    this.slots = slots;
    this.entries = entries;
  }

  /** A transfer failed: that member may lack something of every session of the context. */
  public void transferFailed(int context, long member) {
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
      if (entries.context(slot) == context) {
        entries.doubtForGood(slot, member);
      }
    }
  }

  /**
   * That member has told of all that arrived there.
   *
   * @param arrived whether what was written in that second has, by the messages' timestamps
   */
  public void receipts(long member, Arrivals arrived) {
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
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
  public interface Arrivals {
    boolean of(long second, boolean doubtful);
  }

  /** A transfer of the context's sessions, as they were at that time, is with that member. */
  public void transferArrived(int context, long member, long nanos) {
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
      long possible = entries.get(slot, POSSIBLE);
      if (entries.context(slot) == context
          && (possible & member) != 0
          && (possible & QUEUED) == 0
          && entries.get(slot, CHANGED_NANOS) - nanos <= 0) {
        entries.confirm(slot, tag(possible), member);
      }
    }
  }

  /**
   * A new life has come: whoever could give it the sessions may have, as that one holds them. What
   * anyone lacks it may lack, until a transfer from here brings it.
   */
  public void joined(long member, long live) {
    long others = live & ~member;
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
      long now = entries.get(slot, POSSIBLE);
      if ((now & (others | QUEUED)) != 0) {
        entries.possible(slot, tag(now), member, 0);
      }
      if ((entries.missedOrDoubted(slot) & others) != 0) {
        entries.doubtForGood(slot, member);
      }
    }
  }

  /** What waited to be sent never will be. */
  public void queueLost(long known) {
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
      long possible = entries.get(slot, POSSIBLE);
      if ((possible & QUEUED) != 0 && !entries.isOutOfSight(slot)) {
        entries.possible(slot, tag(possible), 0, QUEUED);
        entries.set(slot, MISSED, known);
      }
    }
  }

  /** Forgets a life whose bit another is to get. */
  public void retire(long member) {
    for (int slot = 0; slot < slots.size(); slot++) {
      entries.retire(slot, member);
    }
  }

  /** Forgets the sessions of a context. */
  public void removeContext(int context) {
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
      long key = slots.keyAt(slot);
      if (key != 0 && entries.context(slot) == context) {
        slots.free(slot, key);
      }
    }
  }

  /** Adds up what would be lost and what is stale. */
  public void read(SessionsAtRisk into, long live, long nanos) {
    for (int slot = slots.next(-1); slot >= 0; slot = slots.next(slot)) {
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

  private long age(int slot, int since, long nanos) {
    long begun = entries.get(slot, since);
    return Math.max(0, nanos - (begun != 0 ? begun : entries.get(slot, CHANGED_NANOS)));
  }
}
