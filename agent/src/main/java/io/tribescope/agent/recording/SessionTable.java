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
  private static final int WAYS = 16;

  /** Marks the key of an entry that is being made. No key has it. */
  private static final long ADDING = 1;

  /** In place of a key: who was adding it is to give the slot back. */
  private static final long WITHDRAWN = ADDING;

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

  private final AtomicLongArray keys;
  private final AtomicLongArray words;
  private final int mask;
  private volatile boolean saturated;

  /**
   * @param sessions how many are to find room
   */
  SessionTable(int sessions) {
    int slots = 64;
    // With two sets of 16 to choose from one in 10 million finds no room at 85 %; of 8, one in 700.
    while (slots * 0.85 < sessions) {
      slots *= 2;
    }
    keys = new AtomicLongArray(slots);
    words = new AtomicLongArray(slots * WORDS);
    mask = slots - 1;
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
    int found = find(key);
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
    int slot = find(key);
    return slot >= 0 && (words.get(slot * WORDS + META) & OWNED) != 0;
  }

  boolean isKnown(long key) {
    return find(key) >= 0;
  }

  /**
   * Another node changed or used the session. What a member missed of it stays missed.
   *
   * @param known the members that may still have missed something
   */
  void released(long key, long known) {
    int slot = find(key);
    if (slot >= 0) {
      int meta = slot * WORDS + META;
      words.set(meta, words.get(meta) & ~OWNED);
      if ((words.get(slot * WORDS + MISSED) & known) == 0) {
        keys.compareAndSet(slot, key, 0);
      }
    }
  }

  /** The session has ended. */
  void remove(long key) {
    int slot = find(key);
    if (slot >= 0) {
      keys.compareAndSet(slot, key, 0);
    }
  }

  /** The session got another id. */
  void renamed(long from, long to) {
    int old = from == to ? -1 : find(from);
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
    keys.compareAndSet(old, from, 0);
  }

  /** When the newest change was made here, in epoch milliseconds; 0 when there is none. */
  long changedMillis(long key) {
    int slot = find(key);
    return slot < 0 || (words.get(slot * WORDS + META) & OWNED) == 0
        ? 0
        : words.get(slot * WORDS + CHANGED_MILLIS);
  }

  /** Whether that member is known to have missed a change made here. */
  boolean missed(long key, long member) {
    int slot = find(key);
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
    int slot = find(key);
    if (slot >= 0) {
      int first = slot * WORDS;
      clear(first + MISSED, member);
      put(first + POSSIBLE, tag(words.get(first + POSSIBLE)), member, 0);
    }
  }

  /** A transfer failed: that member may lack something of every session of the context. */
  void transferFailed(int context, long member) {
    for (int slot = 0; slot <= mask; slot++) {
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
    for (int slot = 0; slot <= mask; slot++) {
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
    for (int slot = 0; slot <= mask; slot++) {
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
    for (int slot = 0; slot <= mask; slot++) {
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
    for (int slot = 0; slot <= mask; slot++) {
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
    for (int slot = 0; slot <= mask; slot++) {
      int first = slot * WORDS;
      clear(first + POSSIBLE, member);
      clear(first + CONFIRMED, member);
      clear(first + MISSED, member);
    }
  }

  /** Forgets the sessions of a context. */
  void removeContext(int context) {
    for (int slot = 0; slot <= mask; slot++) {
      long key = keys.get(slot);
      if (isSession(key) && words.get(slot * WORDS + META) >>> 1 == context) {
        keys.compareAndSet(slot, key, 0);
      }
    }
  }

  /** Adds up what would be lost and what is stale. */
  void read(SessionsAtRisk into, long live, long nanos) {
    for (int slot = 0; slot <= mask; slot++) {
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
    int slot = find(key);
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
    return isSession(keys.get(slot));
  }

  private static boolean isSession(long key) {
    return key != 0 && (key & ADDING) == 0;
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

  private int find(long key) {
    int set = firstSet(key);
    for (int slot = set; slot < set + WAYS; slot++) {
      if (keys.get(slot) == key) {
        return slot;
      }
    }
    set = secondSet(key);
    for (int slot = set; slot < set + WAYS; slot++) {
      if (keys.get(slot) == key) {
        return slot;
      }
    }
    return -1;
  }

  private int findOrAdd(long key, int context) {
    int slot = find(key);
    while (slot < 0) {
      int free = freeSlot(key);
      if (free < 0) {
        saturated = true;
        return -1;
      }
      if (keys.compareAndSet(free, 0, key | ADDING)) {
        // The numbers of changes go on, for those of a session that was here before.
        words.lazySet(free * WORDS + POSSIBLE, words.get(free * WORDS + POSSIBLE) & ~BITS);
        for (int word = CONFIRMED; word < WORDS; word++) {
          words.lazySet(free * WORDS + word, 0);
        }
        words.lazySet(free * WORDS + META, (long) context << 1);
        // Another thread may be adding the same session: of two, one sees the other's mark here.
        withdraw(firstSet(key), key | ADDING, free);
        withdraw(secondSet(key), key | ADDING, free);
        if (!keys.compareAndSet(free, key | ADDING, find(key) < 0 ? key : 0)) {
          // Withdrawn: only now, with its words written, may the slot be another's.
          keys.set(free, 0);
        }
        slot = find(key);
      }
    }
    return slot;
  }

  private void withdraw(int set, long adding, int own) {
    for (int slot = set; slot < set + WAYS; slot++) {
      if (slot != own && keys.get(slot) == adding) {
        keys.compareAndSet(slot, adding, WITHDRAWN);
      }
    }
  }

  /** In the emptier one of the key's two sets; -1 when both are full. */
  private int freeSlot(long key) {
    int first = firstSet(key);
    int second = secondSet(key);
    int inFirst = used(first);
    int inSecond = used(second);
    if (Math.min(inFirst, inSecond) == WAYS) {
      return -1;
    }
    int set = inFirst <= inSecond ? first : second;
    for (int slot = set; slot < set + WAYS; slot++) {
      if (keys.get(slot) == 0) {
        return slot;
      }
    }
    return freeSlot(key);
  }

  private int used(int set) {
    int used = 0;
    for (int slot = set; slot < set + WAYS; slot++) {
      used += keys.get(slot) == 0 ? 0 : 1;
    }
    return used;
  }

  private int firstSet(long key) {
    return (int) key & mask & -WAYS;
  }

  private int secondSet(long key) {
    return (int) (key >>> 32) & mask & -WAYS;
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
    long key = keys.get(slot);
    return isSession(key) && ((key ^ handle) & KEY_CHECK) == 0 ? slot * WORDS : -1;
  }
}
