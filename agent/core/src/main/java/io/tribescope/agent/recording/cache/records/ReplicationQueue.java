package io.tribescope.agent.recording.cache.records;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * When the changes that wait for one asynchronous replicator were made. First in, first out, as its
 * queue is. One that was taken from the queue and is not handed on yet waits, too. Thread-safe,
 * lock-free, of fixed size: of more than that many that wait at once the oldest have no known time.
 */
public final class ReplicationQueue {
  public static final int REMEMBERED = 4096;

  private final AtomicLong added = new AtomicLong();

  /** How many have left the queue. */
  private final AtomicLong taken = new AtomicLong();

  /** How many wait no longer. */
  private final AtomicLong gone = new AtomicLong();

  private final AtomicLongArray nanos = new AtomicLongArray(REMEMBERED);

  public void add(long now) {
    long number = added.getAndIncrement();
    // 0 says that there is none.
    nanos.set((int) (number & (REMEMBERED - 1)), now | 1);
  }

  /** When the oldest one was added, which is now taken; 0 when that is not known. */
  public long take() {
    gone.incrementAndGet();
    return since(taken.getAndIncrement());
  }

  /** Takes so many at once; tells of the first of them, as many as there is room for, the same. */
  public void take(int number, long[] times) {
    gone.addAndGet(number);
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

  /** Takes so many at once, which wait until they are {@link #handOn handed on}; tells how many. */
  public long hold(long number) {
    while (true) {
      long first = taken.get();
      long held = Math.min(number, added.get() - first);
      if (held <= 0) {
        return 0;
      }
      if (taken.compareAndSet(first, first + held)) {
        return held;
      }
    }
  }

  /** So many of those that were held wait no longer. */
  public void handOn(long number) {
    gone.addAndGet(number);
  }

  /** Takes all that are in the queue; tells how many. */
  public long takeAll() {
    long number = hold(Long.MAX_VALUE);
    handOn(number);
    return number;
  }

  /** How many wait. */
  public long size() {
    // What is gone is read first: it can then be only too little.
    long left = gone.get();
    return Math.max(0, added.get() - left);
  }
}
