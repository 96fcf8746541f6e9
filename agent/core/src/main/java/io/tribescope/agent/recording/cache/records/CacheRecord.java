package io.tribescope.agent.recording.cache.records;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Layout;
import io.tribescope.agent.recording.counters.Layout.Block;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of one replicated cache, as long as its object lives and for a while after.
 * Thread-safe; counting is lock-free and allocates nothing.
 */
public final class CacheRecord {
  /** Operations on a cache: those on their way, and update. */
  public static final int OPERATIONS = CachePeerRecord.OPERATIONS + 1;

  private static final Layout LAYOUT = new Layout();
  private static final int LOCAL_EVENTS = LAYOUT.counters(OPERATIONS);
  private static final int REMOTE_EVENTS = LAYOUT.counters(OPERATIONS);
  private static final Block<CacheDrop> DROPPED = LAYOUT.block(CacheDrop.class);
  private static final Block<BootstrapOutcome> BOOTSTRAPS =
      LAYOUT.durations(BootstrapOutcome.class);
  private static final WeakReference<Object> NONE = new WeakReference<>(null);

  private final WeakReference<Object> cache;
  private final WeakReference<ClassLoader> loader;
  private final long sinceNanos = System.nanoTime();
  private final Cells cells = new Cells(LAYOUT);
  private final AtomicReferenceArray<@Nullable CachePeerRecord> peers =
      new AtomicReferenceArray<>(PeerHosts.LIMIT);
  private volatile @Nullable String name;
  private volatile @Nullable String manager;
  private volatile WeakReference<Object> listener = NONE;
  private volatile ReplicationQueue @Nullable [] queues = null;
  private volatile int listedPeers = -1;
  private volatile long listedNanos;
  private volatile long noPeersSinceNanos;

  public CacheRecord(Object cache) {
    this.cache = new WeakReference<>(cache);
    this.loader = new WeakReference<>(cache.getClass().getClassLoader());
  }

  /** The Ehcache object; null once it is gone. */
  public @Nullable Object cache() {
    return cache.get();
  }

  /** Of the cache's Ehcache; null once it is gone. */
  public @Nullable ClassLoader loader() {
    return loader.get();
  }

  /** When the cache was first met, by the monotonic clock. */
  public long sinceNanos() {
    return sinceNanos;
  }

  /** The object through which peers reach the cache; null when there is none. */
  public @Nullable Object boundPeer() {
    return listener.get();
  }

  public void bind(String cacheName, String managerName, Object peer) {
    named(cacheName, managerName);
    listener = new WeakReference<>(peer);
  }

  public void named(String cacheName, String managerName) {
    name = cacheName;
    manager = managerName;
  }

  /**
   * Known from when others can reach the cache over RMI, or it first sends something over another
   * transport; null before that.
   */
  public @Nullable String name() {
    return name;
  }

  /** As {@link #name}, its manager's. */
  public @Nullable String manager() {
    return manager;
  }

  public void changed(int stripe, int operation, boolean remote) {
    cells.increment(stripe, (remote ? REMOTE_EVENTS : LOCAL_EVENTS) + operation);
  }

  public void dropped(int stripe, CacheDrop reason, long number) {
    cells.add(stripe, DROPPED.of(reason), number);
  }

  public void bootstrapped(int stripe, BootstrapOutcome outcome, long nanos) {
    Durations.record(cells, stripe, BOOTSTRAPS.of(outcome), nanos);
  }

  public void listed(int found) {
    listedPeers = found;
    listedNanos = System.nanoTime();
    if (found > 0) {
      noPeersSinceNanos = 0;
    } else if (noPeersSinceNanos == 0) {
      noPeersSinceNanos = System.nanoTime() | 1;
    }
  }

  /** Made when the peer is first met, and kept until {@link #forgetPeer}. */
  public CachePeerRecord peer(int host) {
    CachePeerRecord known = peers.get(host);
    if (known != null) {
      return known;
    }
    CachePeerRecord added = new CachePeerRecord(host);
    if (peers.compareAndSet(host, null, added)) {
      return added;
    }
    CachePeerRecord others = peers.get(host);
    return others != null ? others : added;
  }

  /** All that was counted of that peer, in one sum. */
  long countedOf(int host) {
    CachePeerRecord known = peers.get(host);
    return known == null ? 0 : known.counted();
  }

  void forgetPeer(int host) {
    peers.set(host, null);
  }

  /** Whether it is replicated to a group of JGroups. */
  public boolean isInGroup() {
    return peers.get(PeerHosts.JGROUPS) != null;
  }

  synchronized ReplicationQueue addQueue() {
    ReplicationQueue[] old = queues == null ? new ReplicationQueue[0] : queues;
    ReplicationQueue[] more = java.util.Arrays.copyOf(old, old.length + 1);
    ReplicationQueue added = new ReplicationQueue();
    more[old.length] = added;
    queues = more;
    return added;
  }

  /** Takes over all that another record counted. */
  void absorb(CacheRecord other) {
    for (int cell = 0; cell < LAYOUT.size(); cell++) {
      cells.add(0, cell, other.cells.sum(cell));
    }
    for (CachePeerRecord peer : other.peers()) {
      peer(peer.host()).absorb(peer);
    }
  }

  /** Changes that the cache told its listeners of. */
  public long events(int operation, boolean remote) {
    return cells.sum((remote ? REMOTE_EVENTS : LOCAL_EVENTS) + operation);
  }

  /** Changes that were offered to no peer. */
  public long dropped(CacheDrop reason) {
    return cells.sum(DROPPED.of(reason));
  }

  /** How long its bootstraps took that ended so; their number is in it. */
  public Durations bootstraps(BootstrapOutcome outcome) {
    return Durations.read(cells, BOOTSTRAPS.of(outcome));
  }

  /** Changes that wait for asynchronous replicators; -1 when it has none. */
  public long waiting() {
    ReplicationQueue[] all = queues;
    if (all == null) {
      return -1;
    }
    long waiting = 0;
    for (ReplicationQueue queue : all) {
      waiting += queue.size();
    }
    return waiting;
  }

  /** How many peers there were when it last sent something; -1 before the first time. */
  public int listedPeers() {
    return listedPeers;
  }

  /**
   * For how long it has found nobody, from the first time that it sent to the last; 0 when there
   * was only one such time, or when it found somebody the last time.
   */
  public long nobodyListedNanos() {
    long since = noPeersSinceNanos;
    return since == 0 ? 0 : Math.max(0, listedNanos - since);
  }

  /** The peers it ever sent to or got from. */
  public List<CachePeerRecord> peers() {
    List<CachePeerRecord> known = new ArrayList<>();
    for (int host = 0; host < PeerHosts.LIMIT; host++) {
      CachePeerRecord peer = peers.get(host);
      if (peer != null) {
        known.add(peer);
      }
    }
    return known;
  }
}
