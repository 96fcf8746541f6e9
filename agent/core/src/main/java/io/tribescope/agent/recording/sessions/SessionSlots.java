package io.tribescope.agent.recording.sessions;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Gives each session's key one of a fixed number of slots, in one of two sets of sixteen.
 * Lock-free; a look-up reads at most both sets, two cache lines each.
 */
final class SessionSlots {
  private static final int WAYS = 16;

  /** Marks the key of a slot that is claimed. No session's key has it. */
  private static final long CLAIMED = 1;

  /** In place of a key: who claimed the slot is to give it back. */
  private static final long WITHDRAWN = CLAIMED;

  private final AtomicLongArray keys;
  private final int mask;

  /**
   * @param sessions how many are to find room
   */
  SessionSlots(int sessions) {
    int slots = 64;
    // With two sets of 16 to choose from one in 10 million finds no room at 85 %; of 8, one in 700.
    while (slots * 0.85 < sessions) {
      slots *= 2;
    }
    keys = new AtomicLongArray(slots);
    mask = slots - 1;
  }

  int size() {
    return mask + 1;
  }

  /** The key of the session that has this slot; 0 when none has. */
  long keyAt(int slot) {
    long key = keys.get(slot);
    return (key & CLAIMED) == 0 ? key : 0;
  }

  /** The slot of that session; -1 when it has none. */
  int find(long key) {
    int found = findIn(firstSet(key), key);
    return found >= 0 ? found : findIn(secondSet(key), key);
  }

  /**
   * Takes a slot for a session that has none; nobody finds it before it is published.
   *
   * @return -1 when there is no room
   */
  int claim(long key) {
    while (true) {
      int free = freeSlot(key);
      if (free < 0 || keys.compareAndSet(free, 0, key | CLAIMED)) {
        return free;
      }
    }
  }

  /**
   * Lets a claimed slot be found, unless another thread has given the session one: of two threads
   * that add the same session, one sees the other's claim here.
   */
  void publish(long key, int claimed) {
    withdrawOthers(firstSet(key), key | CLAIMED, claimed);
    withdrawOthers(secondSet(key), key | CLAIMED, claimed);
    if (!keys.compareAndSet(claimed, key | CLAIMED, find(key) < 0 ? key : 0)) {
      // Withdrawn: only now, with its words written, may the slot be another's.
      keys.set(claimed, 0);
    }
  }

  /** Gives the slot back, if it is still that session's. */
  void free(int slot, long key) {
    keys.compareAndSet(slot, key, 0);
  }

  private int findIn(int set, long key) {
    for (int slot = set; slot < set + WAYS; slot++) {
      if (keys.get(slot) == key) {
        return slot;
      }
    }
    return -1;
  }

  /** In the emptier one of the key's two sets; -1 when both are full. */
  private int freeSlot(long key) {
    while (true) {
      int first = firstSet(key);
      int second = secondSet(key);
      int inFirst = used(first);
      int inSecond = used(second);
      if (Math.min(inFirst, inSecond) == WAYS) {
        return -1;
      }
      int free = findIn(inFirst <= inSecond ? first : second, 0);
      if (free >= 0) {
        return free;
      }
    }
  }

  private int used(int set) {
    int used = 0;
    for (int slot = set; slot < set + WAYS; slot++) {
      used += keys.get(slot) == 0 ? 0 : 1;
    }
    return used;
  }

  private void withdrawOthers(int set, long claim, int own) {
    for (int slot = set; slot < set + WAYS; slot++) {
      if (slot != own && keys.get(slot) == claim) {
        keys.compareAndSet(slot, claim, WITHDRAWN);
      }
    }
  }

  private int firstSet(long key) {
    return (int) key & mask & -WAYS;
  }

  private int secondSet(long key) {
    return (int) (key >>> 32) & mask & -WAYS;
  }
}
