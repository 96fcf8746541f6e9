package io.tribescope.agent.recording.cache.records;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an application's objects, by their identity, without keeping them. A look-up is
 * lock-free, allocates nothing and takes one probe, seldom more; additions are rare and copy the
 * table. Bounded. Thread-safe.
 */
final class WeakIdentityTable<T> {
  private static final class Entry<T> extends WeakReference<Object> {
    final int hash;
    final T value;

    Entry(Object key, int hash, T value) {
      super(key);
      this.hash = hash;
      this.value = value;
    }
  }

  private final int limit;
  private volatile @Nullable Entry<T>[] slots = table(16);
  private volatile boolean full;
  private volatile boolean saturated;

  WeakIdentityTable(int limit) {
    this.limit = limit;
  }

  @Nullable T get(Object key) {
    @Nullable Entry<T>[] table = slots;
    int mask = table.length - 1;
    int hash = System.identityHashCode(key);
    for (int i = spread(hash) & mask; ; i = (i + 1) & mask) {
      Entry<T> entry = table[i];
      if (entry == null) {
        return null;
      }
      if (entry.hash == hash && entry.get() == key) {
        return entry.value;
      }
    }
  }

  /** Adds a key that is not there yet. False when there is no room for it. */
  synchronized boolean add(Object key, T value) {
    List<Entry<T>> live = live();
    if (live.size() >= limit) {
      full = true;
      saturated = true;
      return false;
    }
    live.add(new Entry<>(key, System.identityHashCode(key), value));
    @Nullable Entry<T>[] table = table(live.size() * 2);
    int mask = table.length - 1;
    for (Entry<T> entry : live) {
      int i = spread(entry.hash) & mask;
      while (table[i] != null) {
        i = (i + 1) & mask;
      }
      table[i] = entry;
    }
    slots = table;
    return true;
  }

  /** Those whose object still exists. */
  private List<Entry<T>> live() {
    List<Entry<T>> live = new ArrayList<>();
    for (Entry<T> entry : slots) {
      if (entry != null && entry.get() != null) {
        live.add(entry);
      }
    }
    return live;
  }

  /** What is known of objects that still exist, each value as often as it was added. */
  List<T> values() {
    List<T> values = new ArrayList<>();
    for (Entry<T> entry : live()) {
      values.add(entry.value);
    }
    return values;
  }

  /**
   * Whether there was no room, so that to add is not worth the lock: it would be taken at every
   * change of a cache that has found none.
   */
  boolean isFull() {
    return full;
  }

  /** For scrapes: whether there is room again, of objects that are gone. */
  synchronized void seekRoom() {
    if (full && live().size() < limit) {
      full = false;
    }
  }

  /** Whether an object was ever left out for want of room. */
  boolean saturated() {
    return saturated;
  }

  @SuppressWarnings("unchecked") // generic arrays cannot be made otherwise
  private static <T> @Nullable Entry<T>[] table(int entries) {
    return (Entry<T>[]) new Entry<?>[Integer.highestOneBit(Math.max(8, entries)) * 2];
  }

  private static int spread(int hash) {
    return hash ^ (hash >>> 16);
  }
}
