package io.tribescope.agent.recording.cache;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the changes that wait for one asynchronous replicator were made. First in, first out, as its
 * queue is. Thread-safe, lock-free, of fixed size: of more than that many that wait at once the
 * oldest have no known time.
 */
final class ReplicationQueue {
  static final int REMEMBERED = 4096;

  private final AtomicLong added = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();
  private final AtomicLongArray nanos = new AtomicLongArray(REMEMBERED);

  void add(long now) {
    long number = added.getAndIncrement();
    // 0 says that there is none.
    nanos.set((int) (number & (REMEMBERED - 1)), now | 1);
  }

  /** When the oldest one was added, which is now taken; 0 when that is not known. */
  long take() {
    return since(taken.getAndIncrement());
  }

  /** Takes so many at once; tells of the first of them, as many as there is room for, the same. */
  void take(int number, long[] times) {
    long first = taken.getAndAdd(number);
    for (int i = 0; i < Math.min(number, times.length); i++) {
      times[i] = since(first + i);
    }
  }

  private long since(long number) {
    int slot = (int) (number & (REMEMBERED - 1));
    if (added.get() - number > REMEMBERED) {
      return 0;
    }
    return nanos.getAndSet(slot, 0);
  }

  /** Takes all that wait; tells how many. */
  long takeAll() {
    long number = size();
    taken.addAndGet(number);
    return number;
  }

  /** How many wait. */
  long size() {
    // What was taken is read first: it can then be only too little.
    long left = taken.get();
    return Math.max(0, added.get() - left);
  }
}
