package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CallsInProgress;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import io.tribescope.agent.recording.cache.records.Replicator;
import io.tribescope.agent.recording.counters.Stripe;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Changes on their way to a transport that tells nothing of who is behind it, in one thread: from a
 * replicator, and in one message, which may hold changes of several caches. Used over and over;
 * holds nothing of the application's.
 */
final class Handover implements Notes {
  /** Of more caches in one message than this the waiting is not seen. */
  private static final int CALLS = 8;

  private final int stripe = Stripe.current();
  private final CallsInProgress calls;

  /** Whose changes these are; null while there are none, and for a queue that caches share. */
  private @Nullable Replicator from;

  private int expected;
  private int offered;

  /** Of those that were drained, how many wait in their queue's count. */
  private long held;

  /** What is in the message: whose, and what; the latter is not known at first of all. */
  private @Nullable Replicator[] owners = new Replicator[1];

  private int[] operations = new int[1];
  private int size;
  private int named;

  private int host = -1;
  private final int[] slots = new int[CALLS];
  private int waiting;

  Handover(CallsInProgress calls) {
    this.calls = calls;
  }

  /** The replicator that hands on now; null when that is not known. */
  @Nullable Replicator from() {
    return from;
  }

  /**
   * @param changes 0 for a batch, of which it is not known yet
   */
  void begin(Replicator replicator, int changes) {
    from = replicator;
    expected = changes;
    offered = 0;
    held = 0;
  }

  /**
   * Whether a message is being sent. What is then reported of another one is not this handover's:
   * it is that of a call within whose begin failed.
   */
  boolean isSending() {
    return host >= 0;
  }

  void drained(int changes) {
    expected = changes;
    Replicator owner = from;
    if (owner != null && owner.queue != null) {
      held = owner.queue.hold(changes);
    }
  }

  /** One of the replicator's is next. */
  void hand(int operation, boolean collected) {
    Replicator owner = from;
    if (owner == null || isSending()) {
      return;
    }
    offered++;
    if (held > 0 && owner.queue != null) {
      held--;
      owner.queue.handOn(1);
    }
    if (collected) {
      owner.cache.dropped(stripe, CacheDrop.COLLECTED, 1);
    } else {
      add(owner);
      operations[named++] = operation;
    }
  }

  /** One was put into a queue, or thrown away: it is no longer this replicator's. */
  void offered() {
    offered++;
  }

  /** One was taken from a queue that several caches share. */
  void polled(Replicator owner, boolean valid) {
    take(owner);
    if (valid) {
      add(owner);
    } else {
      owner.cache.dropped(stripe, CacheDrop.COLLECTED, 1);
    }
  }

  /** One is in the message that will be sent: the next of those that were polled, or another. */
  void include(Replicator owner, int operation) {
    if (isSending()) {
      return;
    }
    if (named == size) {
      add(owner);
      offered++;
    }
    operations[named++] = operation;
  }

  /** One could not be put into a queue after all. */
  void unqueued(Replicator owner) {
    take(owner);
    owner.cache.dropped(stripe, owner.disposed ? CacheDrop.SHUTDOWN : CacheDrop.ERROR, 1);
  }

  private static void take(Replicator owner) {
    // None is there of a cache that has taken the place of another one of its name.
    if (owner.queue != null && owner.queue.size() > 0) {
      owner.queue.take();
    }
  }

  private void add(Replicator owner) {
    if (size == owners.length) {
      // Where there is no memory for both, none is put into its place.
      int[] moreOperations = Arrays.copyOf(operations, size * 2);
      owners = Arrays.copyOf(owners, size * 2);
      operations = moreOperations;
    }
    owners[size++] = owner;
  }

  void sending(int transport, long now) {
    for (int i = 0; i < size && waiting < CALLS; i++) {
      CacheRecord cache = cache(i);
      boolean first = true;
      for (int j = 0; j < i && first; j++) {
        first = cache(j) != cache;
      }
      if (first) {
        slots[waiting++] = calls.begin(stripe, cache, transport, now);
      }
    }
    host = transport;
  }

  private CacheRecord cache(int entry) {
    return owner(entry).cache;
  }

  private Replicator owner(int entry) {
    return java.util.Objects.requireNonNull(owners[entry]);
  }

  /** Only while it is being sent: handlers see other exceptions, too. */
  void failed(Throwable failure) {
    if (isSending()) {
      failed(
          host == PeerHosts.JMS
              ? ReplicationFailure.ofJms(failure)
              : ReplicationFailure.ofGroup(failure));
    }
  }

  /** The same while it is serialized: what was thrown is the application's. */
  void serializationFailed() {
    if (isSending()) {
      failed(ReplicationFailure.SERIALIZATION);
    }
  }

  private void failed(ReplicationFailure reason) {
    try {
      for (int i = 0; i < size; i++) {
        if (owner(i).disposed && reason == ReplicationFailure.UNREACHABLE) {
          // Its manager has closed the session, or left the group, before it.
          cache(i).dropped(stripe, CacheDrop.SHUTDOWN, 1);
        } else {
          cache(i).peer(host).failed(stripe, reason, 1);
        }
      }
    } finally {
      endMessage();
    }
  }

  void sent(@Nullable Throwable failure) {
    if (failure != null) {
      failed(failure);
    } else if (isSending()) {
      try {
        for (int i = 0; i < size; i++) {
          cache(i).peer(host).sent(stripe, operations[i], 1);
        }
      } finally {
        endMessage();
      }
    }
  }

  /** What is in the message was sent or not: it is not known, since its begin failed. */
  void abandon() {
    if (!isSending()) {
      endMessage();
    }
  }

  private void endMessage() {
    while (waiting > 0) {
      calls.end(slots[--waiting]);
    }
    Arrays.fill(owners, 0, size, null);
    host = -1;
    size = 0;
    named = 0;
  }

  /** A queue was emptied that several caches share; what was taken and not sent is lost. */
  void flushed(@Nullable Throwable failure) {
    try {
      for (int i = 0; i < size; i++) {
        cache(i).dropped(stripe, lost(owner(i), failure), 1);
      }
    } finally {
      endMessage();
    }
  }

  /** What was not offered is lost. */
  void end(@Nullable Throwable failure) {
    Replicator ended = from;
    if (ended == null) {
      return;
    }
    from = null;
    endMessage();
    if (held > 0 && ended.queue != null) {
      ended.queue.handOn(held);
      held = 0;
    }
    if (expected <= offered) {
      return;
    }
    ended.cache.dropped(stripe, lost(ended, failure), expected - offered);
  }

  private static CacheDrop lost(Replicator replicator, @Nullable Throwable failure) {
    return replicator.disposed
        ? CacheDrop.SHUTDOWN
        : failure != null ? CacheDrop.ERROR : CacheDrop.NO_PEERS;
  }
}
