package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.counters.LongBlocks;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Gives each session's key one of a fixed number of slots. Lock-free; allocates nothing but the
 * blocks of {@link LongBlocks}.
 *
 * <p>The slots are divided into three levels: the first 1,024, those up to 8,192, the rest. A
 * session gets a slot in the lowest level that has room for it, in the emptier one of two sets of
 * sixteen. Few sessions thus lie on few pages of memory, which stay in the processor's caches, and
 * a look-up finds nothing to read in the other levels; of many sessions each reads six short runs
 * of keys at most. A session never moves: a slot is a part of a {@link ChangeHandle}.
 */
final class SessionSlots {
  /** Slots that get their memory at once. */
  static final int BLOCK = 1024;

  private static final int[] LEVEL_ENDS = {BLOCK, 8 * BLOCK, Integer.MAX_VALUE};
  private static final int WAYS = 16;
  private static final long HALF = 0xFFFF_FFFFL;

  /** Marks the key of a slot that is claimed. No session's key has it. */
  private static final long CLAIMED = 1;

  /** In place of a key: who claimed the slot is to give it back. */
  private static final long WITHDRAWN = CLAIMED;

  private final LongBlocks keys;
  private final int size;

  /**
   * @param sessions how many are to find room
   */
  SessionSlots(int sessions) {
    int slots = 64;
    // With two sets of 16 to choose from one in 10 million finds no room at 85 %; of 8, one in 700.
    while (slots * 0.85 < sessions) {
      slots *= 2;
    }
    keys = new LongBlocks(slots, BLOCK);
    size = slots;
  }

  int size() {
    return size;
  }

  /** The key of the session that has this slot; 0 when none has. */
  long keyAt(int slot) {
    long key = keys.get(slot);
    return (key & CLAIMED) == 0 ? key : 0;
  }

  /** The next slot that a session has; -1 when there is none. */
  int next(int after) {
    int slot = after + 1;
    while (slot < size) {
      if (keys.block(slot) == null) {
        slot = (slot / BLOCK + 1) * BLOCK;
      } else if (keyAt(slot) != 0) {
        return slot;
      } else {
        slot++;
      }
    }
    return -1;
  }

  /** The slot of that session; -1 when it has none. */
  int find(long key) {
    int first = 0;
    for (int level = 0; first < size; level++) {
      int end = end(level);
      int found = findIn(firstSet(key, first, end), key);
      found = found >= 0 ? found : findIn(secondSet(key, first, end), key);
      if (found >= 0) {
        return found;
      }
      first = end;
    }
    return -1;
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
    int first = 0;
    for (int level = 0; first < size; level++) {
      int end = end(level);
      withdrawOthers(firstSet(key, first, end), key | CLAIMED, claimed);
      withdrawOthers(secondSet(key, first, end), key | CLAIMED, claimed);
      first = end;
    }
    if (!keys.compareAndSet(claimed, key | CLAIMED, find(key) < 0 ? key : 0)) {
      // Withdrawn: only now, with its words written, may the slot be another's.
      keys.set(claimed, 0);
    }
  }

  /** Gives the slot back, if it is still that session's. */
  void free(int slot, long key) {
    keys.compareAndSet(slot, key, 0);
  }

  private int end(int level) {
    return Math.min(size, LEVEL_ENDS[level]);
  }

  private int findIn(int set, long key) {
    AtomicLongArray block = keys.block(set);
    if (block != null) {
      int begin = keys.within(set);
      for (int way = 0; way < WAYS; way++) {
        if (block.get(begin + way) == key) {
          return set + way;
        }
      }
    }
    return -1;
  }

  /** A free slot of the key's, in the lowest level that has one; -1 when none has. */
  private int freeSlot(long key) {
    int first = 0;
    for (int level = 0; first < size; level++) {
      int end = end(level);
      int free = freeSlot(firstSet(key, first, end), secondSet(key, first, end));
      if (free >= 0) {
        return free;
      }
      first = end;
    }
    return -1;
  }

  /** In the emptier one of two sets; -1 when both are full. */
  private int freeSlot(int first, int second) {
    while (true) {
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

  private static int firstSet(long key, int first, int end) {
    return set(key & HALF, first, end);
  }

  private static int secondSet(long key, int first, int end) {
    return set(key >>> 32, first, end);
  }

  /** By 32 bits of the key; the number of sets in a level need not be a power of two. */
  private static int set(long half, int first, int end) {
    return first + (int) ((half * ((end - first) / WAYS)) >>> 32) * WAYS;
  }
}
