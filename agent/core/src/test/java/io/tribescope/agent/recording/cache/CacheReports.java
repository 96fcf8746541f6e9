package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.recording.cache.records.CachePeerRecord;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import java.util.ArrayList;
import java.util.List;

/** One cache, and what the hooks report of it in the order in which Ehcache comes to them. */
abstract class CacheReports {
  static final int PUT = CacheOperation.PUT;
  static final int REMOVE = CacheOperation.REMOVE;
  static final String URL = "//10.0.0.2:40001/c";

  final CacheRecorder recorder = new CacheRecorder();
  final CacheCalls calls = new CacheCalls(recorder);
  final Object listeners = new Object();
  final Object cache = new Object();
  final Object replicator = new Object();
  final Object provider = new Object();
  final Object stub = new Object();

  CacheRecord record() {
    return recorder.records().all().get(0);
  }

  CachePeerRecord peer() {
    return record().peers().get(0);
  }

  void replicated(boolean queues) {
    calls.cacheReplicated(listeners, cache, replicator, queues);
  }

  void found(Object peer) {
    calls.peerLookingUp(URL);
    calls.peerLookedUp(peer, null);
    calls.peersListed(1);
  }

  void send() {
    calls.peerCalling(stub);
    calls.peerCalled();
  }

  static List<Object> objects(int number) {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      objects.add(new Object());
    }
    return objects;
  }
}
