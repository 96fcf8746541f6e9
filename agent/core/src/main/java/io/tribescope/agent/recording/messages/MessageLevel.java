package io.tribescope.agent.recording.messages;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Messages by their id, in sets of eight places. A place is half a cache line: the id, whose last
 * bits tell the type and whether the message was sent; what the message does to a session; when it
 * was submitted; when it was sent. Lock-free; allocates nothing once it is made.
 */
final class MessageLevel {
  private static final int WAYS = 8;

  private static final int WORDS = 4;
  private static final int CHANGE = 1;
  private static final int SUBMITTED = 2;
  private static final int SENT = 3;

  private static final long TYPE = 0b0111;
  private static final long SPENT = 0b1000;
  private static final long ID = ~0b1111L;

  // The other words are written after the first, by the one thread whose way to the message its id
  // is until then.
  private final AtomicLongArray words;
  private final int mask;

  /**
   * @param capacity a power of two, at least eight
   */
  MessageLevel(int capacity) {
    words = new AtomicLongArray(capacity * WORDS);
    mask = capacity - 1;
  }

  /**
   * Takes a place that no message has, or one that was sent so long ago.
   *
   * @return whether there is one
   */
  boolean put(long id, MessageType type, long change, long now, long keptNanos) {
    int begin = set(id);
    for (int place = begin; place < begin + WAYS * WORDS; place += WORDS) {
      long held = words.get(place);
      boolean free =
          held == 0 || ((held & SPENT) != 0 && now - words.get(place + SENT) >= keptNanos);
      if (free && words.compareAndSet(place, held, entry(id, type))) {
        fill(place, change, now);
        return true;
      }
    }
    return false;
  }

  /** Takes the place of a message that is still on its way. */
  void replace(long id, MessageType type, long change, long now) {
    int place = set(id) + (int) (id >>> 61) * WORDS;
    words.set(place, entry(id, type));
    fill(place, change, now);
  }

  /**
   * Reads a message's place, which from now on is free after a while.
   *
   * @return whether it has one
   */
  boolean spend(long id, long now, Submission into) {
    int begin = set(id);
    for (int place = begin; place < begin + WAYS * WORDS; place += WORDS) {
      long held = words.get(place);
      if ((held & ID) == (id & ID) && held != 0) {
        into.known = true;
        into.type = MessageType.of((int) (held & TYPE));
        into.change = words.get(place + CHANGE);
        into.nanos = words.get(place + SUBMITTED);
        if ((held & SPENT) == 0) {
          // Before it counts as spent: from then on another message may take the place.
          words.lazySet(place + SENT, now);
          into.first = words.compareAndSet(place, held, held | SPENT);
        }
        return true;
      }
    }
    return false;
  }

  private static long entry(long id, MessageType type) {
    return (id & ID) | type.ordinal();
  }

  private void fill(int place, long change, long now) {
    words.lazySet(place + CHANGE, change);
    words.lazySet(place + SUBMITTED, now);
  }

  private int set(long id) {
    return ((int) (id >>> 8) & mask & -WAYS) * WORDS;
  }
}
