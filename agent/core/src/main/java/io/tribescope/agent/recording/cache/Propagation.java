package io.tribescope.agent.recording.cache;

import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CachePeerRecord;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CallsInProgress;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import io.tribescope.agent.recording.cache.records.ReplicationQueue;
import io.tribescope.agent.recording.cache.records.Replicator;
import io.tribescope.agent.recording.cache.records.StubHosts;
import io.tribescope.agent.recording.counters.Stripe;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A change, or a batch of changes, on its way to each peer of a cache, in one thread. Used over and
 * over; holds nothing of the application's.
 */
final class Propagation {
  /** Ehcache 2.4 and earlier send all that waits at once; later versions 1000, or as configured. */
  private static final int TIMED = ReplicationQueue.REMEMBERED;

  private final int stripe = Stripe.current();
  private final CallsInProgress calls;
  private @Nullable CacheRecord cache;

  /** Whose queue is emptied; both null for a single change. */
  private @Nullable Replicator replicator;

  private @Nullable ReplicationQueue queue;
  private long beginNanos;
  private final int[] operations = new int[CachePeerRecord.OPERATIONS];

  /** When the changes in the batch were made; 0 where that is not known. Made for a first batch. */
  private long[] times = {};

  private int timed;
  private int taken;

  /** Of those taken, of how many it is not known yet what they are; all taken at once. */
  private int unresolved;

  /** Peers that were looked up for this, by their stubs' identity hashes. */
  private final int[] stubs = new int[PeerHosts.LIMIT];

  private final int[] stubHosts = new int[PeerHosts.LIMIT];
  private int lookedUp;

  private final int[] failedHosts = new int[PeerHosts.LIMIT];
  private final ReplicationFailure[] failures = new ReplicationFailure[PeerHosts.LIMIT];
  private int failed;

  private int offers;
  private int callHost = -1;
  private int callSlot = -1;

  Propagation(CallsInProgress calls) {
    this.calls = calls;
  }

  boolean isOpen() {
    return cache != null;
  }

  @Nullable CacheRecord cache() {
    return cache;
  }

  /** Of a single change. */
  void begin(CacheRecord ofCache, int operation) {
    clear();
    add(operation);
    cache = ofCache;
  }

  /** Of what is in that queue, which is the replicator's. */
  void beginBatch(Replicator from, ReplicationQueue of) {
    clear();
    if (times.length == 0) {
      makeRoomForTimes();
    }
    replicator = from;
    queue = of;
    cache = from.cache;
  }

  /** Without it the delays are not known; but what leaves the queue must be, to the last one. */
  private void makeRoomForTimes() {
    try {
      times = new long[TIMED];
    } catch (OutOfMemoryError e) {
      // The next batch tries again.
    }
  }

  private void clear() {
    cache = null;
    replicator = null;
    queue = null;
    beginNanos = System.nanoTime();
    Arrays.fill(operations, 0);
    timed = 0;
    taken = 0;
    unresolved = 0;
    lookedUp = 0;
    failed = 0;
    offers = 0;
    endCall();
  }

  /** One was taken from the queue. */
  void taken(boolean valid) {
    if (queue == null) {
      return;
    }
    long since = queue.take();
    taken++;
    if (valid && timed < times.length) {
      times[timed++] = since;
    }
  }

  /** So many were taken from the queue at once, each of which is {@link #resolved} then. */
  void drained(int number) {
    if (queue != null) {
      queue.take(number, times);
      taken = number;
      unresolved = number;
    }
  }

  /** The next of those that were taken at once. */
  void resolved(boolean valid) {
    if (unresolved == 0) {
      return;
    }
    int next = taken - unresolved--;
    if (valid && next < times.length) {
      times[timed++] = times[next];
    }
  }

  /** One is on its way. */
  void add(int operation) {
    operations[operation]++;
  }

  void lookingUp(int host, long now) {
    endCall();
    if (cache != null) {
      calling(cache, host, now);
    }
    callHost = host;
  }

  void lookedUp(@Nullable Object stub, @Nullable Throwable failure) {
    int host = callHost;
    endCall();
    if (host < 0) {
      return;
    }
    if (stub != null && lookedUp < stubs.length) {
      stubs[lookedUp] = System.identityHashCode(stub);
      stubHosts[lookedUp++] = host;
    } else if (failure != null && failed < failedHosts.length) {
      failedHosts[failed] = host;
      failures[failed++] = ReplicationFailure.ofLookUp(failure);
    }
  }

  void calling(Object stub, StubHosts known) {
    endCall();
    if (cache == null) {
      return;
    }
    offers++;
    int hash = System.identityHashCode(stub);
    int host = -1;
    for (int i = 0; i < lookedUp && host < 0; i++) {
      if (stubs[i] == hash) {
        host = stubHosts[i];
      }
    }
    callHost = host >= 0 ? host : known.get(stub);
    calling(cache, callHost, System.nanoTime());
  }

  private void calling(CacheRecord from, int host, long now) {
    // Made now, so that a peer whose first call hangs has a series that tells.
    from.peer(host);
    callSlot = calls.begin(stripe, from, host, now);
  }

  void called() {
    if (cache == null || callHost < 0) {
      return;
    }
    long now = System.nanoTime();
    int host = callHost;
    endCall();
    CachePeerRecord peer = cache.peer(host);
    for (int operation = 0; operation < operations.length; operation++) {
      if (operations[operation] > 0) {
        peer.sent(stripe, operation, operations[operation]);
      }
    }
    if (queue == null) {
      peer.delayed(stripe, now - beginNanos);
    }
    for (int i = 0; i < timed; i++) {
      if (times[i] != 0) {
        peer.delayed(stripe, now - times[i]);
      }
    }
  }

  /** Only while a peer is called: handlers see other exceptions, too. */
  void failed(Throwable failure) {
    if (cache != null && callHost >= 0) {
      int host = callHost;
      endCall();
      cache.peer(host).failed(stripe, ReplicationFailure.of(failure), total());
    }
  }

  private void endCall() {
    calls.end(callSlot);
    callSlot = -1;
    callHost = -1;
  }

  private int total() {
    int total = 0;
    for (int number : operations) {
      total += number;
    }
    return total;
  }

  /** What the peers did not get, when they were offered nothing. */
  private int lost() {
    return total() + unresolved;
  }

  void end(@Nullable Throwable failure) {
    CacheRecord ended = cache;
    Replicator from = replicator;
    cache = null;
    replicator = null;
    queue = null;
    if (ended == null) {
      return;
    }
    int host = callHost;
    endCall();
    if (host >= 0) {
      // It left through no handler.
      ended
          .peer(host)
          .failed(
              stripe,
              failure == null ? ReplicationFailure.OTHER : ReplicationFailure.of(failure),
              total());
    }
    for (int i = 0; i < failed; i++) {
      ended.peer(failedHosts[i]).failed(stripe, failures[i], lost());
    }
    if (taken > lost()) {
      ended.dropped(stripe, CacheDrop.COLLECTED, taken - lost());
    }
    if (offers == 0 && failed == 0) {
      CacheDrop reason =
          from != null && from.disposed
              ? CacheDrop.SHUTDOWN
              : failure != null ? CacheDrop.ERROR : CacheDrop.NO_PEERS;
      ended.dropped(stripe, reason, lost());
    }
  }
}
