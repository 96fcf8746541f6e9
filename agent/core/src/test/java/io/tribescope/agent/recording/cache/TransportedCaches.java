package io.tribescope.agent.recording.cache;

import static io.tribescope.agent.bridge.CacheOperation.PUT;
import static io.tribescope.agent.bridge.CacheOperation.REMOVE;
import static io.tribescope.agent.bridge.TransportEvents.JGROUPS;

import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CachePeerRecord;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Caches over JMS and JGroups, as a test drives them, and what was counted of their changes. */
abstract class TransportedCaches {
  final CacheRecorder recorder = new CacheRecorder();
  final CacheCalls calls = new CacheCalls(recorder);
  final Object peer = new Object();
  final List<Object> listeners = new ArrayList<>();

  /** Of that name; returns its replicator. */
  Object cache(int transport, String name, boolean queues) {
    Object cache = new Object();
    Object replicator = new Object();
    // What the cache holds and the agent does not.
    Collections.addAll(listeners, cache, replicator);
    calls.replicating(transport, cache, cache, name, "m", replicator, queues);
    return replicator;
  }

  CacheRecord record(Object replicator) {
    return Objects.requireNonNull(recorder.records().ofReplicator(replicator)).cache;
  }

  /** Everything that was counted of a change on its way, by what became of it. */
  Map<String, Long> fates(Object replicator) {
    Map<String, Long> fates = new TreeMap<>();
    CacheRecord record = record(replicator);
    for (CacheDrop drop : CacheDrop.values()) {
      fates.put("dropped " + drop, record.dropped(drop));
    }
    for (CachePeerRecord to : record.peers()) {
      String name = PeerHosts.transport(to.host());
      for (ReplicationFailure reason : ReplicationFailure.values()) {
        fates.put(name + " " + reason, to.failed(reason));
      }
      fates.put(name + " put", to.sent(PUT));
      fates.put(name + " remove", to.sent(REMOVE));
    }
    fates.values().removeIf(count -> count == 0);
    return fates;
  }

  void queue(Object replicator, int changes) {
    for (int i = 0; i < changes; i++) {
      calls.enqueueing(replicator);
    }
  }

  /** A change goes to the group, by way of its queue or at once. */
  void toGroup(Object replicator, String name, boolean queues) {
    calls.handingOver(replicator, 1);
    if (queues) {
      calls.groupQueueing(peer, name);
    } else {
      calls.groupHanding(peer, name, PUT);
      calls.sending(JGROUPS);
      calls.sent(null);
    }
    calls.handedOver(null);
  }
}
