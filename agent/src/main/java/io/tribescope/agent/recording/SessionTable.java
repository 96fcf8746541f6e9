package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Who holds the newest change of each session that was changed here, by the session's key. Nothing
 * of the session is kept. All memory is taken at once; a look-up reads two short runs of keys, a
 * change one cache line more. Lock-free; only the walks over the whole table (at a scrape, when a
 * member comes, when receipts come) take longer than a few look-ups.
 *
 * <p>A member's life is one of 55 bits ({@link Lives}). The top byte of a word that speaks of the
 * newest change numbers that change, so that what is learnt of an older one is told apart.
 */
final class SessionTable {
  /** The newest change has not left yet, and may reach anyone. */
  static final long QUEUED = 1L << 55;

  private static final int TAG_SHIFT = 56;
  private static final long BITS = (1L << TAG_SHIFT) - 1;

  // The words of an entry, one cache line.
  private static final int POSSIBLE = 0;
  private static final int CONFIRMED = 1;
  private static final int MISSED = 2;
  private static final int CHANGED_NANOS = 3;
  private static final int CHANGED_MILLIS = 4;

  /** First change since the last that a member could hold; 0: since the newest. */
  private static final int UNREPLICATED_SINCE = 5;

  /** First change since the last that a member confirmed; 0: since the newest. */
  private static final int UNCONFIRMED_SINCE = 6;

  private static final int META = 7;
  private static final int WORDS = 8;

  private static final long OWNED = 1;

  // A handle: where a change is recorded, which change it is, and enough of the key to know.
  private static final int SLOT_BITS = 21;
  private static final int HANDLE_TAG_SHIFT = SLOT_BITS;
  private static final long KEY_CHECK = -1L << (SLOT_BITS + 8);

  private final SessionSlots slots;
  private final AtomicLongArray words;
  private volatile boolean saturated;

  /**
   * @param sessions how many are to find room
   */
  SessionTable(int sessions) {
    slots = new SessionSlots(sessions);
    words = new AtomicLongArray(slots.size() * WORDS);
  }

  /** Whether a session was ever left out for want of room. */
  boolean saturated() {
    return saturated;
  }

  /**
   * A change of that session was made here and is about to be sent.
   *
   * @param live the members now in the view
   * @return a handle of the change; 0 when there is no room
   */
  long changed(long key, int context, long nanos, long millis, long live) {
    int slot = findOrAdd(key, context);
    if (slot < 0) {
      return 0;
    }
    long before = begin(slot, QUEUED);
    int first = slot * WORDS;
    long changed = words.get(first + CHANGED_NANOS);
    run(first + UNREPLICATED_SINCE, (before & (live | QUEUED)) != 0, changed, nanos);
    run(first + UNCONFIRMED_SINCE, (confirmed(first, before) & live) != 0, changed, nanos);
    words.lazySet(first + CHANGED_NANOS, nanos | 1);
    words.lazySet(first + CHANGED_MILLIS, millis);
    words.lazySet(first + META, (long) context << 1 | OWNED);
    return handle(key, slot, tag(before) + 1);
  }

  private void run(int word, boolean held, long changed, long nanos) {
    if (words.get(word) == 0) {
      words.lazySet(word, held || changed == 0 ? nanos | 1 : changed);
    }
  }

  /**
   * The session has come here from another node, unchanged.
   *
   * @param holders who may hold what that node last changed
   */
  void taken(long key, int context, long nanos, long millis, long holders) {
    int found = slots.find(key);
    if (found >= 0 && (words.get(found * WORDS + META) & OWNED) != 0) {
      return;
    }
    int slot = found >= 0 ? found : findOrAdd(key, context);
    if (slot >= 0) {
      begin(slot, holders);
      int first = slot * WORDS;
      words.lazySet(first + CHANGED_NANOS, nanos | 1);
      words.lazySet(first + CHANGED_MILLIS, millis);
      words.lazySet(first + UNREPLICATED_SINCE, 0);
      words.lazySet(first + UNCONFIRMED_SINCE, 0);
      words.lazySet(first + META, (long) context << 1 | OWNED);
    }
  }

  boolean isOwned(long key) {
    int slot = slots.find(key);
    return slot >= 0 && (words.get(slot * WORDS + META) & OWNED) != 0;
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
      int meta = slot * WORDS + META;
      words.set(meta, words.get(meta) & ~OWNED);
      if ((words.get(slot * WORDS + MISSED) & known) == 0) {
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
    int context = (int) (words.get(old * WORDS + META) >>> 1);
    int slot = findOrAdd(to, context);
    if (slot >= 0) {
      for (int word = 0; word < WORDS; word++) {
        words.set(slot * WORDS + word, words.get(old * WORDS + word));
      }
    }
    slots.free(old, from);
  }

  /** When the newest change was made here, in epoch milliseconds; 0 when there is none. */
  long changedMillis(long key) {
    int slot = slots.find(key);
    return slot < 0 || (words.get(slot * WORDS + META) & OWNED) == 0
        ? 0
        : words.get(slot * WORDS + CHANGED_MILLIS);
  }

  /** Whether that member is known to have missed a change made here. */
  boolean missed(long key, long member) {
    int slot = slots.find(key);
    return slot >= 0 && (words.get(slot * WORDS + MISSED) & member) != 0;
  }

  /** The message of the change got this timestamp. */
  void stamped(long handle, long millis) {
    int first = first(handle);
    if (first >= 0 && tag(words.get(first + POSSIBLE)) == tagOf(handle)) {
      words.lazySet(first + CHANGED_MILLIS, millis);
    }
  }

  /** The change is being sent to that member. */
  void sending(long handle, long member) {
    int first = first(handle);
    if (first >= 0) {
      put(first + POSSIBLE, tagOf(handle), member, 0);
    }
  }

  /** It was handed over to that member, who may have confirmed it. */
  void handedOver(long handle, long member, boolean acknowledged) {
    int first = first(handle);
    if (first < 0 || tag(words.get(first + POSSIBLE)) != tagOf(handle)) {
      return;
    }
    words.lazySet(first + UNREPLICATED_SINCE, 0);
    if (acknowledged) {
      confirm(first, tagOf(handle), member);
    }
  }

  /** It was not handed over to that member, or nobody knows. */
  void failed(long handle, long member, boolean mayHaveArrived) {
    int first = first(handle);
    if (first >= 0) {
      if (!mayHaveArrived) {
        put(first + POSSIBLE, tagOf(handle), 0, member);
      }
      set(first + MISSED, member);
    }
  }

  /** Sending has ended, for all; {@code absent} were not sent to. */
  void sent(long handle, long absent) {
    int first = first(handle);
    if (first >= 0) {
      put(first + POSSIBLE, tagOf(handle), 0, QUEUED);
      if (absent != 0) {
        set(first + MISSED, absent);
      }
    }
  }

  /** A transfer takes the session, as it now is, to that member. */
  void transferring(long key, long member) {
    int slot = slots.find(key);
    if (slot >= 0) {
      int first = slot * WORDS;
      clear(first + MISSED, member);
      put(first + POSSIBLE, tag(words.get(first + POSSIBLE)), member, 0);
    }
  }

  /** A transfer failed: that member may lack something of every session of the context. */
  void transferFailed(int context, long member) {
    for (int slot = 0; slot < slots.size(); slot++) {
      int first = slot * WORDS;
      if (holdsSession(slot) && words.get(first + META) >>> 1 == context) {
        set(first + MISSED, member);
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
      int first = slot * WORDS;
      long possible = words.get(first + POSSIBLE);
      if ((possible & member) != 0
          && (possible & QUEUED) == 0
          && (confirmed(first, possible) & member) == 0
          && arrived.of(
              words.get(first + CHANGED_MILLIS) / 1000,
              (words.get(first + MISSED) & member) != 0)) {
        confirm(first, tag(possible), member);
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
        int first = slot * WORDS;
        long possible = words.get(first + POSSIBLE);
        if (words.get(first + META) >>> 1 == context
            && (possible & member) != 0
            && (possible & QUEUED) == 0
            && words.get(first + CHANGED_NANOS) - nanos <= 0) {
          confirm(first, tag(possible), member);
        }
      }
    }
  }

  /** A new life has come: whoever could give it the sessions may have. */
  void joined(long member, long live) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (holdsSession(slot)) {
        int possible = slot * WORDS + POSSIBLE;
        long now = words.get(possible);
        if ((now & ((live & ~member) | QUEUED)) != 0) {
          put(possible, tag(now), member, 0);
        }
      }
    }
  }

  /** What waited to be sent never will be. */
  void queueLost(long known) {
    for (int slot = 0; slot < slots.size(); slot++) {
      if (holdsSession(slot)) {
        int first = slot * WORDS;
        long possible = words.get(first + POSSIBLE);
        if ((possible & QUEUED) != 0) {
          put(first + POSSIBLE, tag(possible), 0, QUEUED);
          set(first + MISSED, known);
        }
      }
    }
  }

  /** Forgets a life whose bit another is to get. */
  void retire(long member) {
    for (int slot = 0; slot < slots.size(); slot++) {
      int first = slot * WORDS;
      clear(first + POSSIBLE, member);
      clear(first + CONFIRMED, member);
      clear(first + MISSED, member);
    }
  }

  /** Forgets the sessions of a context. */
  void removeContext(int context) {
    for (int slot = 0; slot < slots.size(); slot++) {
      long key = slots.keyAt(slot);
      if (key != 0 && words.get(slot * WORDS + META) >>> 1 == context) {
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
      int first = slot * WORDS;
      long meta = words.get(first + META);
      int context = (int) (meta >>> 1);
      into.missed(context, words.get(first + MISSED) & live);
      if ((meta & OWNED) != 0) {
        long possible = words.get(first + POSSIBLE);
        if ((possible & (live | QUEUED)) == 0) {
          into.unreplicated(context, age(first, UNREPLICATED_SINCE, nanos));
        }
        if ((confirmed(first, possible) & live) == 0) {
          into.unconfirmed(context, age(first, UNCONFIRMED_SINCE, nanos));
        }
      }
    }
  }

  /** Whether the session is owned here and confirmed by nobody. */
  boolean isUnconfirmed(long key, long live) {
    int slot = slots.find(key);
    if (slot < 0) {
      return false;
    }
    int first = slot * WORDS;
    return (words.get(first + META) & OWNED) != 0
        && (confirmed(first, words.get(first + POSSIBLE)) & live) == 0;
  }

  private long age(int first, int since, long nanos) {
    long begun = words.get(first + since);
    return Math.max(0, nanos - (begun != 0 ? begun : words.get(first + CHANGED_NANOS)));
  }

  private boolean holdsSession(int slot) {
    return slots.keyAt(slot) != 0;
  }

  /** Who has confirmed the change that {@code possible} speaks of. */
  private long confirmed(int first, long possible) {
    long confirmed = words.get(first + CONFIRMED);
    return tag(confirmed) == tag(possible) ? confirmed & BITS : 0;
  }

  private void confirm(int first, int tag, long member) {
    while (true) {
      long held = words.get(first + CONFIRMED);
      long base = tag(held) == tag ? held : (long) tag << TAG_SHIFT;
      if (words.compareAndSet(first + CONFIRMED, held, base | member)) {
        words.lazySet(first + UNCONFIRMED_SINCE, 0);
        return;
      }
    }
  }

  /** Begins the next change, which {@code holders} may hold; returns what was known of the last. */
  private long begin(int slot, long holders) {
    int word = slot * WORDS + POSSIBLE;
    while (true) {
      long before = words.get(word);
      long next = (long) ((tag(before) + 1) & 0xFF) << TAG_SHIFT | holders;
      if (words.compareAndSet(word, before, next)) {
        forgetConfirmation(slot * WORDS + CONFIRMED, tag(next));
        return before;
      }
    }
  }

  /** Of the change that had the same number, 256 changes ago. */
  private void forgetConfirmation(int word, int tag) {
    long held = words.get(word);
    if (tag(held) == tag && (held & BITS) != 0) {
      words.compareAndSet(word, held, held & ~BITS);
    }
  }

  /** Unless it speaks of another change. */
  private void put(int word, int tag, long set, long cleared) {
    while (true) {
      long held = words.get(word);
      long now = (held & ~cleared) | set;
      if (tag(held) != tag || now == held || words.compareAndSet(word, held, now)) {
        return;
      }
    }
  }

  private void set(int word, long bits) {
    while (true) {
      long held = words.get(word);
      if ((held | bits) == held || words.compareAndSet(word, held, held | bits)) {
        return;
      }
    }
  }

  private void clear(int word, long bits) {
    while (true) {
      long held = words.get(word);
      if ((held & bits) == 0 || words.compareAndSet(word, held, held & ~bits)) {
        return;
      }
    }
  }

  private int findOrAdd(long key, int context) {
    int slot = slots.find(key);
    while (slot < 0) {
      int claimed = slots.claim(key);
      if (claimed < 0) {
        saturated = true;
        return -1;
      }
      int first = claimed * WORDS;
      // The numbers of changes go on, for those of a session that was here before.
      words.lazySet(first + POSSIBLE, words.get(first + POSSIBLE) & ~BITS);
      for (int word = CONFIRMED; word < WORDS; word++) {
        words.lazySet(first + word, 0);
      }
      words.lazySet(first + META, (long) context << 1);
      slots.publish(key, claimed);
      slot = slots.find(key);
    }
    return slot;
  }

  private static int tag(long word) {
    return (int) (word >>> TAG_SHIFT);
  }

  private static long handle(long key, int slot, int tag) {
    return (key & KEY_CHECK) | (long) (tag & 0xFF) << HANDLE_TAG_SHIFT | slot;
  }

  private static int tagOf(long handle) {
    return (int) (handle >>> HANDLE_TAG_SHIFT) & 0xFF;
  }

  /** Where the entry of that change begins; -1 when the session is there no more. */
  private int first(long handle) {
    if (handle == 0) {
      return -1;
    }
    int slot = (int) handle & ((1 << SLOT_BITS) - 1);
    long key = slots.keyAt(slot);
    return key != 0 && ((key ^ handle) & KEY_CHECK) == 0 ? slot * WORDS : -1;
  }
}
