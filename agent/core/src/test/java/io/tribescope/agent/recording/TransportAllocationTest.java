package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.TransportBridge;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.agent.recording.cache.TransportRecorder;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the hooks over JMS and JGroups record costs no memory, once thread and cache are known. */
@SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
class TransportAllocationTest {
  private static final List<Integer> TWO = List.of(1, 2);
  private final CacheRecorder caches = new CacheRecorder();
  private final Object cache = new Object();
  private final Object replicator = new Object();
  private final Object peer = new Object();

  @BeforeEach
  void connect() {
    TransportBridge.connect(new TransportRecorder(caches));
  }

  @AfterEach
  void disconnect() {
    TransportBridge.connect(new TransportEvents() {});
  }

  private void know(int transport) {
    TransportBridge.replicating(transport, cache, cache, "c", "m", replicator, true);
  }

  @Test
  void aFlushOverJms() {
    know(TransportEvents.JMS);
    Allocations.assertNone(
        () -> {
          caches.enqueueing(replicator);
          caches.enqueueing(replicator);
          TransportBridge.handingOver(replicator, 0);
          TransportBridge.drained(TWO);
          for (int i = 0; i < 2; i++) {
            TransportBridge.handing(peer, "j", CacheEvents.PUT, false);
            TransportBridge.sending(TransportEvents.JMS);
            TransportBridge.sent(null);
          }
          TransportBridge.handedOver(null);
          TransportBridge.received(TransportEvents.JMS, cache, cache, CacheEvents.PUT);
        });
  }

  @Test
  void aChangeThroughTheQueueOfAGroup() {
    know(TransportEvents.JGROUPS);
    Allocations.assertNone(
        () -> {
          TransportBridge.knows(replicator);
          TransportBridge.handingOver(replicator, 1);
          TransportBridge.groupQueueing(peer, "c");
          TransportBridge.handedOver(null);
          TransportBridge.groupPolled("c", true, peer);
          TransportBridge.groupHanding(peer, "c", CacheEvents.PUT);
          TransportBridge.sending(TransportEvents.JGROUPS);
          TransportBridge.sent(null);
          TransportBridge.groupFlushed(null);
        });
  }
}
