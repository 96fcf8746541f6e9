package io.tribescope.agent.recording.cache.records;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The host of each stub that was looked up ahead of its use, as multicast discovery does, by the
 * stub's identity hash: no stub is kept. Two of the few live stubs with one hash of 31 bits would
 * be taken for each other. Thread-safe, lock-free, of fixed size.
 */
public final class StubHosts {
  private static final int SLOTS = 4096;
  private static final int PROBES = 8;

  /** No object's hash is negative. */
  private static final long GONE = -1;

  /** The hash above, the number of the host and one below; 0 for an empty slot. */
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  public void put(Object stub, int host) {
    int hash = System.identityHashCode(stub);
    long entry = ((long) hash << 32) | (host + 1);
    int slot = hash & (SLOTS - 1);
    for (int probe = 0; probe < PROBES; probe++) {
      long there = slots.get(slot);
      if (there == 0 || there == GONE || (int) (there >> 32) == hash) {
        slots.set(slot, entry);
        return;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    // Stubs of long ago stand in the way: the newest one matters.
    slots.set(hash & (SLOTS - 1), entry);
  }

  /** Forgets all stubs of that host. */
  void forget(int host) {
    for (int slot = 0; slot < SLOTS; slot++) {
      long there = slots.get(slot);
      if (there != 0 && (int) there - 1 == host) {
        // Not emptied: others, put behind it, are looked for beyond it.
        slots.compareAndSet(slot, there, GONE);
      }
    }
  }

  /** {@link PeerHosts#OTHER} when the stub is not known. */
  public int get(Object stub) {
    int hash = System.identityHashCode(stub);
    int slot = hash & (SLOTS - 1);
    for (int probe = 0; probe < PROBES; probe++) {
      long there = slots.get(slot);
      if (there == 0) {
        break;
      }
      if ((int) (there >> 32) == hash) {
        return (int) there - 1;
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return PeerHosts.OTHER;
  }
}
