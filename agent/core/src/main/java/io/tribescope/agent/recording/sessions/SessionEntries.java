package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.counters.LongBlocks;
import io.tribescope.agent.recording.members.Lives;

/**
 * What is known of the session in each slot: eight words, 64 bytes, in blocks of 1,024 slots. Every
 * operation is atomic by itself and lock-free; a block is made for the first of its sessions.
 *
 * <p>A member's life is one of 55 bits ({@link Lives}). The top byte of a word that speaks of the
 * newest change numbers that change, so that what is learnt of an older one is told apart.
 */
public final class SessionEntries {
  /** The newest change may reach anyone: it has not left yet, or nobody knows where it went. */
  public static final long QUEUED = 1L << 55;

  /** Who may hold the newest change. */
  static final int POSSIBLE = 0;

  /** Who has confirmed the newest change. */
  private static final int CONFIRMED = 1;

  /** Who is known to have missed a change. */
  static final int MISSED = 2;

  /** Who may have missed one. */
  static final int DOUBTED = 3;

  static final int CHANGED_NANOS = 4;

  /** First change since the last that a member could hold; 0: since the newest. */
  static final int UNREPLICATED_SINCE = 5;

  /** First change since the last that a member confirmed; 0: since the newest. */
  static final int UNCONFIRMED_SINCE = 6;

  /** The newest change's timestamp, the context, and the flags. */
  private static final int META = 7;

  private static final int WORDS = 8;

  private static final int TAG_SHIFT = 56;
  static final long BITS = (1L << TAG_SHIFT) - 1;

  /** The newest change was made here. */
  private static final long OWNED = 1;

  /** A conflict over the newest change was counted. */
  private static final long DISPUTED = 2;

  /** Something else than the newest change is in doubt, too: no receipt of it can end that. */
  private static final long DOUBTED_BEFORE = 4;

  /** The newest change has left, and nobody knows where it went. */
  private static final long OUT_OF_SIGHT = 8;

  private static final long FLAGS = 15;
  private static final int CONTEXT_SHIFT = 4;
  private static final int MILLIS_SHIFT = 20;
  private static final long BELOW_MILLIS = (1L << MILLIS_SHIFT) - 1;

  private final LongBlocks words;

  SessionEntries(int slots) {
    words = new LongBlocks(slots * WORDS, SessionSlots.BLOCK * WORDS);
  }

  /** For a session that comes, of which nothing is known. */
  void clear(int slot, int context) {
    int first = slot * WORDS;
    // The numbers of changes go on, for those of a session that was here before.
    words.lazySet(first + POSSIBLE, words.get(first + POSSIBLE) & ~BITS);
    for (int word = CONFIRMED; word < META; word++) {
      words.lazySet(first + word, 0);
    }
    words.lazySet(first + META, (long) context << CONTEXT_SHIFT);
  }

  void copy(int from, int to) {
    for (int word = 0; word < WORDS; word++) {
      words.set(to * WORDS + word, words.get(from * WORDS + word));
    }
  }

  long get(int slot, int word) {
    return words.get(slot * WORDS + word);
  }

  void lazySet(int slot, int word, long value) {
    words.lazySet(slot * WORDS + word, value);
  }

  static int tag(long word) {
    return (int) (word >>> TAG_SHIFT);
  }

  /** Begins the next change, which {@code holders} may hold; returns what was known of the last. */
  long begin(int slot, long holders) {
    int word = slot * WORDS + POSSIBLE;
    while (true) {
      long before = words.get(word);
      long next = (long) ((tag(before) + 1) & 0xFF) << TAG_SHIFT | holders;
      if (words.compareAndSet(word, before, next)) {
        unconfirm(slot, tag(next), BITS);
        return before;
      }
    }
  }

  /** Who has confirmed the change that {@code possible} speaks of. */
  long confirmed(int slot, long possible) {
    long confirmed = words.get(slot * WORDS + CONFIRMED);
    return tag(confirmed) == tag(possible) ? confirmed & BITS : 0;
  }

  void confirm(int slot, int tag, long member) {
    int word = slot * WORDS + CONFIRMED;
    while (true) {
      long held = words.get(word);
      long base = tag(held) == tag ? held : (long) tag << TAG_SHIFT;
      if (words.compareAndSet(word, held, base | member)) {
        lazySet(slot, UNCONFIRMED_SINCE, 0);
        return;
      }
    }
  }

  /**
   * None of those members is known to hold the change of that number. Also at its begin: of the one
   * that had the same number, 256 changes ago.
   */
  void unconfirm(int slot, int tag, long members) {
    int word = slot * WORDS + CONFIRMED;
    while (true) {
      long held = words.get(word);
      if (tag(held) != tag
          || (held & members) == 0
          || words.compareAndSet(word, held, held & ~members)) {
        return;
      }
    }
  }

  /** Says who may hold the change of that number, unless there is a newer one. */
  void possible(int slot, int tag, long set, long cleared) {
    int word = slot * WORDS + POSSIBLE;
    while (true) {
      long held = words.get(word);
      long now = (held & ~cleared) | set;
      if (tag(held) != tag || now == held || words.compareAndSet(word, held, now)) {
        return;
      }
    }
  }

  void set(int slot, int word, long bits) {
    int index = slot * WORDS + word;
    while (true) {
      long held = words.get(index);
      if ((held | bits) == held || words.compareAndSet(index, held, held | bits)) {
        return;
      }
    }
  }

  void unset(int slot, int word, long bits) {
    int index = slot * WORDS + word;
    while (true) {
      long held = words.get(index);
      if ((held & bits) == 0 || words.compareAndSet(index, held, held & ~bits)) {
        return;
      }
    }
  }

  /** Nothing is left of that life. */
  void retire(int slot, long member) {
    unset(slot, POSSIBLE, member);
    unset(slot, CONFIRMED, member);
    unset(slot, MISSED, member);
    unset(slot, DOUBTED, member);
  }

  /** It may have missed the newest change. */
  void doubt(int slot, long member) {
    set(slot, DOUBTED, member);
  }

  /** It may have missed something, which no receipt of the newest change can tell. */
  void doubtForGood(int slot, long member) {
    set(slot, DOUBTED, member);
    set(slot, META, DOUBTED_BEFORE);
  }

  /** The newest change has arrived there, and that is all that was in doubt. */
  void endDoubt(int slot, long member) {
    if ((get(slot, META) & DOUBTED_BEFORE) == 0) {
      unset(slot, DOUBTED, member);
    }
  }

  /** A transfer brings it the session as it is. */
  void heal(int slot, long member) {
    unset(slot, MISSED, member);
    unset(slot, DOUBTED, member);
    if (get(slot, DOUBTED) == 0) {
      unset(slot, META, DOUBTED_BEFORE);
    }
  }

  /** Who has or may have missed a change. */
  long missedOrDoubted(int slot) {
    return get(slot, MISSED) | get(slot, DOUBTED);
  }

  /** The newest change was made here. */
  void own(int slot, int context, long millis) {
    lazySet(
        slot,
        META,
        millis << MILLIS_SHIFT
            | (long) context << CONTEXT_SHIFT
            | (get(slot, DOUBTED) == 0 ? OWNED : OWNED | DOUBTED_BEFORE));
  }

  /** Nobody knows where the newest change went, and nobody ever will. */
  void loseSight(int slot) {
    set(slot, META, OUT_OF_SIGHT);
  }

  boolean isOutOfSight(int slot) {
    return (get(slot, META) & OUT_OF_SIGHT) != 0;
  }

  boolean isOwned(int slot) {
    return (get(slot, META) & OWNED) != 0;
  }

  void release(int slot) {
    unset(slot, META, OWNED);
  }

  /** Whether it is the first time, since the newest change here. */
  boolean dispute(int slot) {
    int word = slot * WORDS + META;
    while (true) {
      long held = words.get(word);
      if ((held & DISPUTED) != 0) {
        return false;
      }
      if (words.compareAndSet(word, held, held | DISPUTED)) {
        return true;
      }
    }
  }

  int context(int slot) {
    return (int) ((get(slot, META) & BELOW_MILLIS & ~FLAGS) >>> CONTEXT_SHIFT);
  }

  /** The newest change's timestamp. */
  long millis(int slot) {
    return get(slot, META) >>> MILLIS_SHIFT;
  }

  void stamp(int slot, long millis) {
    int word = slot * WORDS + META;
    while (true) {
      long held = words.get(word);
      long now = millis << MILLIS_SHIFT | (held & BELOW_MILLIS);
      if (now == held || words.compareAndSet(word, held, now)) {
        return;
      }
    }
  }
}
