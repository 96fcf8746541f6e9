package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.recording.cache.CacheRecords.Replicator;
import io.tribescope.agent.recording.counters.Stripe;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the hooks in Ehcache's replicators over JMS and JGroups report into counts, in the
 * records that those over RMI have, too. Allocates nothing but for a thread, a cache or a group
 * that is new.
 */
public final class TransportRecorder extends TransportEvents {
  private static final String JMS_REPLICATOR = "net.sf.ehcache.distribution.jms.JMSCacheReplicator";
  private static final String JGROUPS_REPLICATOR =
      "net.sf.ehcache.distribution.jgroups.JGroupsCacheReplicator";

  private final CacheRecords records;
  private final ThreadLocal<Nested<Handover>> handovers;

  public TransportRecorder(CacheRecorder recorder) {
    this.records = recorder.records();
    this.handovers =
        ThreadLocal.withInitial(() -> new Nested<>(() -> new Handover(recorder.calls())));
  }

  private Handover handover() {
    return handovers.get().current();
  }

  private static int host(int transport) {
    return transport == JMS ? PeerHosts.JMS : PeerHosts.JGROUPS;
  }

  /** Of another transport, an application's own, nothing is known. */
  @Override
  public void cacheReplicated(Object listeners, @Nullable Object cache, Object replicator) {
    int transport = transport(replicator);
    if (cache != null && transport >= 0) {
      add(transport, listeners, cache);
    }
  }

  private static int transport(Object replicator) {
    for (Class<?> type = replicator.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(JMS_REPLICATOR)) {
        return JMS;
      } else if (type.getName().equals(JGROUPS_REPLICATOR)) {
        return JGROUPS;
      }
    }
    return -1;
  }

  private @Nullable CacheRecord add(int transport, Object listeners, Object cache) {
    CacheRecord record = records.add(listeners, cache);
    if (record != null) {
      // Made now, so that nothing begins to be counted with what goes wrong first.
      record.peer(host(transport));
    }
    return record;
  }

  @Override
  public void unserializable(int transport, Object listeners, Object cache) {
    CacheRecord record = add(transport, listeners, cache);
    if (record != null) {
      record.dropped(Stripe.current(), CacheDrop.NOT_SERIALIZABLE, 1);
    }
  }

  @Override
  public boolean knows(Object replicator) {
    return records.ofReplicator(replicator) != null;
  }

  @Override
  public void replicating(
      int transport,
      Object listeners,
      Object cache,
      String name,
      String manager,
      Object replicator,
      boolean queues) {
    CacheRecord record = add(transport, listeners, cache);
    if (record != null) {
      record.named(name, manager);
      records.addReplicator(replicator, record, queues);
    }
  }

  @Override
  public void handingOver(Object replicator, int changes) {
    Nested<Handover> nested = handovers.get();
    nested.enter();
    Replicator known = records.ofReplicator(replicator);
    if (known != null && nested.isSeen()) {
      nested.current().begin(known, changes);
    }
  }

  @Override
  public void drained(List<?> changes) {
    handover().drained(changes.size());
  }

  @Override
  public void handing(Object peer, String cache, int operation, boolean collected) {
    Handover handover = handover();
    Replicator from = handover.from();
    if (from != null && from.topic == null) {
      Group topic = records.group(peer);
      if (topic != null && topic.learn(cache, from)) {
        from.topic = topic;
      }
    }
    handover.hand(operation, collected);
  }

  @Override
  public void handedOver(@Nullable Throwable failure) {
    handovers.get().leave().end(failure);
  }

  @Override
  public void sending(int transport) {
    handover().sending(host(transport), System.nanoTime());
  }

  @Override
  public void sendingFailed(Throwable failure) {
    handover().failed(failure);
  }

  @Override
  public void serializationFailed(Throwable failure) {
    handover().serializationFailed();
  }

  @Override
  public void sent(@Nullable Throwable failure) {
    handover().sent(failure);
  }

  @Override
  public void groupQueueing(Object peer, String cache) {
    Group group = records.group(peer);
    Handover handover = handover();
    Replicator from = handover.from();
    handover.offered();
    // Not of a name that there is no room for: who takes it from the queue knows no more than that.
    if (from != null && from.queue != null && group != null && group.learn(cache, from)) {
      from.queue.add(System.nanoTime());
    }
  }

  @Override
  public void groupUnqueued(Object peer, String cache) {
    Replicator known = known(peer, cache);
    if (known != null) {
      handover().unqueued(known);
    }
  }

  @Override
  public void groupRefused(Object peer, String cache) {
    Replicator owner = owner(peer, cache);
    if (owner != null) {
      handover().offered();
      owner.cache.dropped(Stripe.current(), CacheDrop.SHUTDOWN, 1);
    }
  }

  @Override
  public void groupPolled(String cache, boolean valid, Object peer) {
    Replicator known = known(peer, cache);
    if (known != null) {
      handover().polled(known, valid);
    }
  }

  @Override
  public void groupHanding(Object peer, String cache, int operation) {
    Replicator owner = owner(peer, cache);
    if (owner != null) {
      handover().include(owner, operation);
    }
  }

  private @Nullable Replicator known(Object peer, String cache) {
    Group group = records.group(peer);
    return group == null ? null : group.of(cache);
  }

  /** Learns the name from the replicator that hands a change of it to the peer. */
  private @Nullable Replicator owner(Object peer, String cache) {
    Group group = records.group(peer);
    Replicator from = handover().from();
    if (from != null && group != null) {
      group.learn(cache, from);
    }
    return from != null || group == null ? from : group.of(cache);
  }

  @Override
  public void groupFlushed(@Nullable Throwable failure) {
    handover().flushed(failure);
  }

  @Override
  public void peerDisposing(Object peer) {
    for (Replicator replicator : replicators(peer)) {
      replicator.disposed = true;
    }
  }

  @Override
  public void groupDisposed(Object peer) {
    for (Replicator replicator : replicators(peer)) {
      if (replicator.queue != null) {
        replicator.cache.dropped(Stripe.current(), CacheDrop.SHUTDOWN, replicator.queue.takeAll());
      }
    }
  }

  private Collection<Replicator> replicators(Object peer) {
    Group group = records.group(peer);
    return group == null ? Collections.<Replicator>emptyList() : group.all();
  }

  @Override
  public void received(int transport, Object listeners, Object cache, int operation) {
    CacheRecord record = add(transport, listeners, cache);
    if (record != null) {
      record.peer(host(transport)).received(Stripe.current(), operation);
    }
  }
}
