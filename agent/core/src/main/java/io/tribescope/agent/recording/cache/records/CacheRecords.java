package io.tribescope.agent.recording.cache.records;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The replicated caches of this JVM. Look-ups are lock-free and allocate nothing. A cache is known
 * by its RegisteredEventListeners, the one object that is the same for the cache and for whatever
 * an application has wrapped it in. Thread-safe.
 */
public final class CacheRecords {
  /** More caches than an application has that are replicated. */
  private static final int LIMIT = 1024;

  private final WeakIdentityTable<CacheRecord> byListeners = new WeakIdentityTable<>(LIMIT);
  private final WeakIdentityTable<Replicator> replicators = new WeakIdentityTable<>(LIMIT);
  private final WeakIdentityTable<ProviderRecord> providers = new WeakIdentityTable<>(LIMIT);
  private final WeakIdentityTable<Boolean> unnamedHosts = new WeakIdentityTable<>(LIMIT);
  private final WeakIdentityTable<Group> groups = new WeakIdentityTable<>(LIMIT);

  /** Those that ended are among them, until {@link #forget}. */
  private final List<CacheRecord> records = new CopyOnWriteArrayList<>();

  public @Nullable CacheRecord of(Object listeners) {
    return byListeners.get(listeners);
  }

  public @Nullable Replicator ofReplicator(Object replicator) {
    return replicators.get(replicator);
  }

  public @Nullable CacheRecord add(Object listeners, Object cache) {
    CacheRecord known = byListeners.get(listeners);
    return known != null || byListeners.isFull() ? known : addNew(listeners, cache);
  }

  private synchronized @Nullable CacheRecord addNew(Object listeners, Object cache) {
    CacheRecord known = byListeners.get(listeners);
    if (known != null) {
      return known;
    }
    CacheRecord added = new CacheRecord(cache);
    if (!byListeners.add(listeners, added)) {
      return null;
    }
    if (records.size() >= 2 * LIMIT) {
      // Nobody has read them for long.
      records.removeIf(record -> record.cache() == null);
    }
    records.add(added);
    return added;
  }

  public void addReplicator(Object replicator, CacheRecord cache, boolean queues) {
    if (!replicators.isFull()) {
      addNewReplicator(replicator, cache, queues);
    }
  }

  private synchronized void addNewReplicator(Object replicator, CacheRecord cache, boolean queues) {
    if (replicators.get(replicator) == null) {
      replicators.add(replicator, new Replicator(cache, queues ? cache.addQueue() : null));
    }
  }

  /** The caches behind a peer of JMS or JGroups; null when there is no room for it. */
  public @Nullable Group group(Object peer) {
    Group known = groups.get(peer);
    return known != null || groups.isFull() ? known : addGroup(peer);
  }

  private synchronized @Nullable Group addGroup(Object peer) {
    Group known = groups.get(peer);
    if (known != null) {
      return known;
    }
    Group added = new Group();
    return groups.add(peer, added) ? added : null;
  }

  /** Null when there is no room for it. */
  public @Nullable ProviderRecord provider(Object provider) {
    ProviderRecord known = providers.get(provider);
    return known != null || providers.isFull() ? known : addProvider(provider);
  }

  private synchronized @Nullable ProviderRecord addProvider(Object provider) {
    ProviderRecord known = providers.get(provider);
    if (known != null) {
      return known;
    }
    ProviderRecord added = new ProviderRecord(provider);
    return providers.add(provider, added) ? added : null;
  }

  public synchronized void addListener(Object manager, boolean named) {
    if (!named && unnamedHosts.get(manager) == null) {
      unnamedHosts.add(manager, true);
    }
  }

  /** Whether that cache manager was given no name of its host. */
  public boolean isHostUnnamed(Object manager) {
    return unnamedHosts.get(manager) != null;
  }

  /** Every cache, also one that has ended. */
  public List<CacheRecord> all() {
    return new ArrayList<>(records);
  }

  /** The record of that provider; null when it has told of no peer. */
  public @Nullable ProviderRecord knownProvider(Object provider) {
    return providers.get(provider);
  }

  public List<ProviderRecord> providers() {
    return providers.values();
  }

  /**
   * Forgets one that ended.
   *
   * @param heir goes on counting from where that one stopped; null for none
   */
  public void forget(CacheRecord ended, @Nullable CacheRecord heir) {
    if (records.remove(ended) && heir != null) {
      heir.absorb(ended);
    }
  }

  /** For scrapes: whether there is room again for what found none. */
  public void seekRoom() {
    byListeners.seekRoom();
    replicators.seekRoom();
    providers.seekRoom();
    groups.seekRoom();
    for (Group group : groups.values()) {
      group.seekRoom();
    }
  }

  /** Whether a cache, or what stands between it and others, was ever left out for want of room. */
  public boolean saturated() {
    return byListeners.saturated()
        || replicators.saturated()
        || providers.saturated()
        || groups.saturated()
        || groups.values().stream().anyMatch(Group::saturated);
  }
}
