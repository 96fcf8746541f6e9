package io.tribescope.agent.recording.messages;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The type and the time of each message, and what it does to a session, between its submission and
 * its way to the network, by the message's id: with asynchronous options another thread sends it,
 * and by then its content is bytes.
 *
 * <p>Bounded: 131,072 messages in sets of eight, three megabytes; the asynchronous queue holds 64
 * MiB by default, and a message is seldom under 500 bytes. An entry is spent when its message was
 * sent, and gives way to new ones. Lock-free; allocates nothing after construction.
 */
public final class MessagesInFlight {
  private static final int WAYS = 8;
  private static final long TYPE = 0b0111;
  private static final long SPENT = 0b1000;
  private static final long ID = ~0b1111L;

  private final AtomicLongArray entries;

  // Written after a message's entry, by the one thread whose way to it its id is until then.

  /** What each message does to a session. */
  private final AtomicLongArray changes;

  /** When each was put. */
  private final AtomicLongArray times;

  private final int mask;
  private volatile boolean saturated;

  public MessagesInFlight() {
    this(1 << 17);
  }

  /**
   * @param capacity a power of two
   */
  MessagesInFlight(int capacity) {
    entries = new AtomicLongArray(capacity);
    changes = new AtomicLongArray(capacity);
    times = new AtomicLongArray(capacity);
    mask = capacity - 1;
  }

  /**
   * @param change the handle of a change of a session, a part of a state transfer, or 0; the rooms
   *     above tell by the type which it is
   */
  public void put(long id, MessageType type, long change, long nanoTime) {
    long entry = (id & ID) | type.ordinal();
    int set = set(id);
    for (int slot = set; slot < set + WAYS; slot++) {
      long held = entries.get(slot);
      if ((held == 0 || (held & SPENT) != 0) && entries.compareAndSet(slot, held, entry)) {
        changes.lazySet(slot, change);
        times.lazySet(slot, nanoTime);
        return;
      }
    }
    saturated = true;
    int slot = set + (int) (id >>> 61);
    entries.set(slot, entry);
    changes.lazySet(slot, change);
    times.lazySet(slot, nanoTime);
  }

  /**
   * Reads what was put under this id: to one thread it is the first time, whoever comes at once.
   */
  public void spend(long id, Submission into) {
    into.known = false;
    into.first = false;
    into.type = MessageType.OTHER;
    into.change = 0;
    int set = set(id);
    for (int slot = set; slot < set + WAYS; slot++) {
      long held = entries.get(slot);
      if ((held & ID) == (id & ID) && held != 0) {
        into.known = true;
        into.nanos = times.get(slot);
        into.change = changes.get(slot);
        // Kept readable: an interceptor may split one message into several sends.
        into.first = (held & SPENT) == 0 && entries.compareAndSet(slot, held, held | SPENT);
        into.type = MessageType.of((int) (held & TYPE));
        return;
      }
    }
  }

  /** Whether a type was ever lost because too many messages were on their way. */
  public boolean saturated() {
    return saturated;
  }

  private int set(long id) {
    return (int) (id >>> 8) & mask & -WAYS;
  }
}
