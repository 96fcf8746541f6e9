package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.Group;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.Replicator;
import io.tribescope.agent.recording.counters.Stripe;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of changes on their way over JMS and JGroups, in the records that those over RMI
 * have, too. Allocates nothing but for a thread, a cache or a group that is new.
 */
final class TransportRecording implements TransportEvents {
  private static final String JMS_REPLICATOR = "net.sf.ehcache.distribution.jms.JMSCacheReplicator";
  private static final String JGROUPS_REPLICATOR =
      "net.sf.ehcache.distribution.jgroups.JGroupsCacheReplicator";

  private final CacheRecords records;
  private final Handovers handovers;

  TransportRecording(CacheRecords records, Handovers handovers) {
    this.records = records;
    this.handovers = handovers;
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
  public Notes handingOver(Object replicator, int changes) {
    Nested<Handover> nested = handovers.nested();
    Handover handover = nested.enter();
    Replicator known = records.ofReplicator(replicator);
    if (known != null && handover != null) {
      handover.begin(known, changes);
    }
    return nested.begun();
  }

  @Override
  public void queueDrained(List<?> changes) {
    handovers.current().drained(changes.size());
  }

  @Override
  public void handing(Object peer, String cache, int operation, boolean collected) {
    Handover handover = handovers.current();
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
  public void handedOver(@Nullable Notes begun, @Nullable Throwable failure) {
    Handover ended = handovers.nested().leave(begun);
    if (ended != null) {
      ended.end(failure);
    }
  }

  @Override
  public @Nullable Notes sending(int transport) {
    Handover handover = handovers.current();
    if (handover.isSending()) {
      return null;
    }
    handover.sending(host(transport), System.nanoTime());
    return handover;
  }

  @Override
  public void sendingFailed(Throwable failure) {
    handovers.current().failed(failure);
  }

  @Override
  public void serializationFailed(Throwable failure) {
    handovers.current().serializationFailed();
  }

  @Override
  public void sent(@Nullable Notes begun, @Nullable Throwable failure) {
    if (begun instanceof Handover) {
      ((Handover) begun).sent(failure);
    } else {
      handovers.current().abandon();
    }
  }

  @Override
  public void peerDisposing(Object peer) {
    Group group = records.group(peer);
    if (group != null) {
      for (Replicator replicator : group.all()) {
        replicator.disposed = true;
      }
    }
  }

  @Override
  public void received(int transport, Object listeners, Object cache, int operation) {
    CacheRecord record = add(transport, listeners, cache);
    if (record != null) {
      record.peer(host(transport)).received(Stripe.current(), operation);
    }
  }
}
