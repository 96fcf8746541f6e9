package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The type of each message, and what it does to a session, between its submission and its way to
 * the network, by the message's id: with asynchronous options another thread sends it, and by then
 * its content is bytes.
 *
 * <p>Bounded: 131,072 messages in sets of eight, two megabytes; the asynchronous queue holds 64 MiB
 * by default, and a message is seldom under 500 bytes. An entry is spent when its message was sent,
 * and gives way to new ones. Lock-free; allocates nothing after construction.
 */
final class MessagesInFlight {
  private static final int WAYS = 8;
  private static final long TYPE = 0b0111;
  private static final long SPENT = 0b1000;
  private static final long ID = ~0b1111L;

  private final AtomicLongArray entries;

  /** What each message does to a session. */
  private final AtomicLongArray changes;

  private final int mask;
  private volatile boolean saturated;

  MessagesInFlight() {
    this(1 << 17);
  }

  /**
   * @param capacity a power of two
   */
  MessagesInFlight(int capacity) {
    entries = new AtomicLongArray(capacity);
    changes = new AtomicLongArray(capacity);
    mask = capacity - 1;
  }

  /**
   * @param change a handle of {@link SessionTable}, a {@link TransferPart}, or 0
   */
  void put(long id, MessageType type, long change) {
    long entry = (id & ID) | type.ordinal();
    int set = set(id);
    for (int slot = set; slot < set + WAYS; slot++) {
      long held = entries.get(slot);
      if ((held == 0 || (held & SPENT) != 0) && entries.compareAndSet(slot, held, entry)) {
        // Nobody looks for this id before its submission goes on, in this thread.
        changes.lazySet(slot, change);
        return;
      }
    }
    saturated = true;
    int slot = set + (int) (id >>> 61);
    entries.set(slot, entry);
    changes.lazySet(slot, change);
  }

  /** Fills in what was put under this id; OTHER, and no change, when it is not known. */
  void spend(long id, Transmission into) {
    int set = set(id);
    for (int slot = set; slot < set + WAYS; slot++) {
      long held = entries.get(slot);
      if ((held & ID) == (id & ID) && held != 0) {
        into.type = MessageType.of((int) (held & TYPE));
        into.change = changes.get(slot);
        // Kept readable: an interceptor may split one message into several sends.
        entries.compareAndSet(slot, held, held | SPENT);
        return;
      }
    }
    into.type = MessageType.OTHER;
    into.change = 0;
  }

  /** Whether a type was ever lost because too many messages were on their way. */
  boolean saturated() {
    return saturated;
  }

  private int set(long id) {
    return (int) (id >>> 8) & mask & -WAYS;
  }
}
