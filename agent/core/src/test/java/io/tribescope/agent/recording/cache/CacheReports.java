package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheBridge;
import io.tribescope.agent.bridge.CacheEvents;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** One cache, and what the hooks report of it in the order in which Ehcache comes to them. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
abstract class CacheReports {
  static final int PUT = CacheEvents.PUT;
  static final int REMOVE = CacheEvents.REMOVE;
  static final String URL = "//10.0.0.2:40001/c";

  final CacheRecorder recorder = new CacheRecorder();
  final Object listeners = new Object();
  final Object cache = new Object();
  final Object replicator = new Object();
  final Object provider = new Object();
  final Object stub = new Object();
  private long errors;

  @BeforeEach
  void connect() {
    CacheBridge.connect(recorder);
    errors = errors();
  }

  @AfterEach
  void disconnect() {
    CacheBridge.connect(new CacheEvents() {});
    assertThat(errors()).isEqualTo(errors);
  }

  private static long errors() {
    long all = 0;
    for (String hooks : new String[] {"event", "send", "receive", "peer", "bootstrap"}) {
      all += Bridge.failures("cache-" + hooks);
    }
    return all;
  }

  CacheRecord record() {
    return recorder.records().all().get(0);
  }

  CachePeerRecord peer() {
    return record().peers().get(0);
  }

  void replicated(boolean queues) {
    CacheBridge.cacheReplicated(listeners, cache, replicator, queues);
  }

  void found(Object peer) {
    CacheBridge.peerLookingUp(URL);
    CacheBridge.peerLookedUp(peer, null);
    CacheBridge.peersListed(1);
  }

  void send() {
    CacheBridge.peerCalling(stub);
    CacheBridge.peerCalled();
  }

  static List<Object> objects(int number) {
    List<Object> objects = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      objects.add(new Object());
    }
    return objects;
  }
}
