package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.CacheOperation;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.recording.cache.CacheCalls;
import io.tribescope.agent.recording.cache.CacheRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the hooks over JMS and JGroups record costs no memory, once thread and cache are known. */
class TransportAllocationTest {
  private static final List<Integer> TWO = List.of(1, 2);
  private final CacheCalls calls = new CacheCalls(new CacheRecorder());
  private final Object cache = new Object();
  private final Object replicator = new Object();
  private final Object peer = new Object();

  private void know(int transport) {
    calls.replicating(transport, cache, cache, "c", "m", replicator, true);
  }

  @Test
  void aFlushOverJms() {
    know(TransportEvents.JMS);
    Allocations.assertNone(
        () -> {
          calls.enqueueing(replicator);
          calls.enqueueing(replicator);
          calls.handingOver(replicator, 0);
          calls.queueDrained(TWO);
          for (int i = 0; i < 2; i++) {
            calls.handing(peer, "j", CacheOperation.PUT, false);
            calls.sending(TransportEvents.JMS);
            calls.sent(null);
          }
          calls.handedOver(null);
          calls.received(TransportEvents.JMS, cache, cache, CacheOperation.PUT);
        });
  }

  @Test
  void aChangeThroughTheQueueOfAGroup() {
    know(TransportEvents.JGROUPS);
    Allocations.assertNone(
        () -> {
          calls.knows(replicator);
          calls.handingOver(replicator, 1);
          calls.groupQueueing(peer, "c");
          calls.handedOver(null);
          calls.groupPolled("c", true, peer);
          calls.groupHanding(peer, "c", CacheOperation.PUT);
          calls.sending(TransportEvents.JGROUPS);
          calls.sent(null);
          calls.groupFlushed(null);
        });
  }
}
