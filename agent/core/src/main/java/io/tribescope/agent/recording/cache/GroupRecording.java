package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.GroupEvents;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.Group;
import io.tribescope.agent.recording.cache.records.Replicator;
import io.tribescope.agent.recording.counters.Stripe;
import org.jspecify.annotations.Nullable;

/** What becomes of changes in the queues of JGroups, and which caches a message is of. */
final class GroupRecording implements GroupEvents {
  private final CacheRecords records;
  private final Handovers handovers;

  GroupRecording(CacheRecords records, Handovers handovers) {
    this.records = records;
    this.handovers = handovers;
  }

  @Override
  public void groupQueueing(Object peer, String cache) {
    Handover handover = handovers.current();
    handover.offered();
    Replicator from = handover.from();
    Group group = records.group(peer);
    // Not of a name that there is no room for: who takes it from the queue knows no more than that.
    if (from != null && from.queue != null && group != null && group.learn(cache, from)) {
      from.queue.add(System.nanoTime());
    }
  }

  @Override
  public void groupUnqueued(Object peer, String cache) {
    Replicator known = known(peer, cache);
    if (known != null) {
      handovers.current().unqueued(known);
    }
  }

  @Override
  public void groupRefused(Object peer, String cache) {
    Replicator owner = owner(peer, cache);
    if (owner != null) {
      handovers.current().offered();
      owner.cache.dropped(Stripe.current(), CacheDrop.SHUTDOWN, 1);
    }
  }

  @Override
  public void groupPolled(String cache, boolean valid, Object peer) {
    Replicator known = known(peer, cache);
    if (known != null) {
      handovers.current().polled(known, valid);
    }
  }

  @Override
  public void groupHanding(Object peer, String cache, int operation) {
    Replicator owner = owner(peer, cache);
    if (owner != null) {
      handovers.current().include(owner, operation);
    }
  }

  private @Nullable Replicator known(Object peer, String cache) {
    Group group = records.group(peer);
    return group == null ? null : group.of(cache);
  }

  /** Learns the name from the replicator that hands a change of it to the peer. */
  private @Nullable Replicator owner(Object peer, String cache) {
    Group group = records.group(peer);
    Replicator from = handovers.current().from();
    if (from != null && group != null) {
      group.learn(cache, from);
    }
    return from != null || group == null ? from : group.of(cache);
  }

  @Override
  public void groupFlushed(@Nullable Throwable failure) {
    handovers.current().flushed(failure);
  }

  @Override
  public void groupDisposed(Object peer) {
    Group group = records.group(peer);
    if (group != null) {
      for (Replicator replicator : group.all()) {
        if (replicator.queue != null) {
          replicator.cache.dropped(
              Stripe.current(), CacheDrop.SHUTDOWN, replicator.queue.takeAll());
        }
      }
    }
  }
}
