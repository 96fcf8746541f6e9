package io.tribescope.agent.recording.sessions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contexts of one channel whose sessions are replicated, by their manager's name. A look-up is
 * one probe of a small table, lock-free and without allocation; the first few are found sooner;
 * contexts come when their manager starts, and go with it. At most 256.
 */
public final class Contexts {
  private static final int LIMIT = 256;

  /** So many are first looked for by their name's identity, without a look into the String. */
  private static final int FEW = 4;

  private volatile @Nullable ContextRecord[] slots = new ContextRecord[16];
  private volatile @Nullable ContextRecord[] byIndex = new ContextRecord[0];
  private volatile boolean saturated;

  public @Nullable ContextRecord find(@Nullable String name) {
    if (name == null) {
      return null;
    }
    @Nullable ContextRecord[] first = byIndex;
    for (int i = 0; i < first.length && i < FEW; i++) {
      ContextRecord context = first[i];
      if (context != null && isSame(context.name(), name)) {
        return context;
      }
    }
    @Nullable ContextRecord[] table = slots;
    int mask = table.length - 1;
    // The String keeps its own hash.
    for (int i = spread(name) & mask; ; i = (i + 1) & mask) {
      ContextRecord context = table[i];
      if (context == null || context.name().equals(name)) {
        return context;
      }
    }
  }

  /** A manager always hands out the String by which it was made known; it lies on a cold page. */
  @SuppressWarnings({"ReferenceEquality", "StringEquality"}) // what differs is compared by value
  private static boolean isSame(String name, String other) {
    return name == other;
  }

  public @Nullable ContextRecord at(int index) {
    @Nullable ContextRecord[] all = byIndex;
    return index >= 0 && index < all.length ? all[index] : null;
  }

  /** One past the highest index in use. */
  public int size() {
    return byIndex.length;
  }

  /** The record of that context, made now unless its manager has one. */
  public synchronized @Nullable ContextRecord add(
      String name, Object manager, @Nullable String jvmRoute) {
    ContextRecord known = find(name);
    if (known != null && known.manager() == manager) {
      return known;
    }
    int index = known == null ? freeIndex() : known.index();
    if (index >= LIMIT) {
      saturated = true;
      return null;
    }
    @Nullable ContextRecord[] all = Arrays.copyOf(byIndex, Math.max(byIndex.length, index + 1));
    ContextRecord added = new ContextRecord(index, name, manager, jvmRoute);
    all[index] = added;
    replace(all);
    return added;
  }

  public synchronized @Nullable ContextRecord remove(String name) {
    ContextRecord known = find(name);
    if (known != null) {
      @Nullable ContextRecord[] all = byIndex.clone();
      all[known.index()] = null;
      replace(all);
    }
    return known;
  }

  private int freeIndex() {
    @Nullable ContextRecord[] all = byIndex;
    int index = 0;
    while (index < all.length && all[index] != null) {
      index++;
    }
    return index;
  }

  private void replace(@Nullable ContextRecord[] all) {
    @Nullable ContextRecord[] table = new ContextRecord[Math.max(16, capacity(all.length))];
    int mask = table.length - 1;
    for (ContextRecord context : all) {
      if (context != null) {
        int i = spread(context.name()) & mask;
        while (table[i] != null) {
          i = (i + 1) & mask;
        }
        table[i] = context;
      }
    }
    byIndex = all;
    slots = table;
  }

  private static int capacity(int contexts) {
    return Integer.highestOneBit(Math.max(1, contexts)) * 4;
  }

  private static int spread(String name) {
    int hash = name.hashCode();
    return hash ^ (hash >>> 16);
  }

  public List<ContextRecord> all() {
    List<ContextRecord> present = new ArrayList<>();
    for (ContextRecord context : byIndex) {
      if (context != null) {
        present.add(context);
      }
    }
    return present;
  }

  /** Whether a context was ever refused for want of room. */
  public boolean saturated() {
    return saturated;
  }
}
