package io.tribescope.agent.recording.cache;

import static io.tribescope.agent.bridge.CacheOperation.PUT;
import static io.tribescope.agent.bridge.CacheOperation.REMOVE;
import static io.tribescope.agent.bridge.TransportEvents.JGROUPS;
import static io.tribescope.agent.bridge.TransportEvents.JMS;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What real transports do too seldom to be waited for. */
class TransportRecordingTest extends TransportedCaches {
  private void message(int operation, boolean collected) {
    calls.handing(peer, "c", operation, collected);
    calls.sending(JMS);
  }

  @Test
  void anErrorWithinAFlushOverJmsIsTheEndOfWhatFollows() {
    Object c = cache(JMS, "c", true);
    queue(c, 5);
    calls.handingOver(c, 0);
    calls.queueDrained(List.of(1, 2, 3, 4));
    message(PUT, false);
    calls.sent(null);
    message(REMOVE, true);
    calls.sent(null);
    RuntimeException failure = new RuntimeException(new java.io.NotSerializableException("x"));
    message(PUT, false);
    calls.sent(failure);
    assertThat(record(c).waiting()).isEqualTo(2);
    calls.handedOver(failure);

    assertThat(fates(c))
        .isEqualTo(
            Map.of(
                "jms put",
                1L,
                "dropped COLLECTED",
                1L,
                "jms SERIALIZATION",
                1L,
                "dropped ERROR",
                1L));
    // The fifth was put there after the queue was drained.
    assertThat(record(c).waiting()).isEqualTo(1);
  }

  @Test
  void aFlushWithoutAPeer() {
    Object c = cache(JMS, "c", true);
    queue(c, 3);
    calls.handingOver(c, 0);
    calls.queueDrained(List.of(1, 2, 3));
    calls.handedOver(null);
    assertThat(fates(c)).isEqualTo(Map.of("dropped NO_PEERS", 3L));
    assertThat(record(c).waiting()).isZero();
  }

  @Test
  void aChangeThatIsHandedToNobody() {
    Object c = cache(JMS, "c", false);
    calls.handingOver(c, 1);
    calls.handedOver(new NullPointerException());
    calls.handingOver(c, 1);
    calls.handedOver(null);
    assertThat(fates(c)).isEqualTo(Map.of("dropped ERROR", 1L, "dropped NO_PEERS", 1L));
    assertThat(record(c).waiting()).isEqualTo(-1);
  }

  @Test
  void aFailureThatAHandlerSawIsCountedOnceWhateverIsThrownThen() {
    Object c = cache(JMS, "c", false);
    calls.handingOver(c, 1);
    message(PUT, false);
    calls.sendingFailed(new SocketException());
    calls.sent(new java.rmi.RemoteException());
    calls.handedOver(new IllegalStateException());
    assertThat(fates(c)).isEqualTo(Map.of("jms UNREACHABLE", 1L));
  }

  @Test
  void aChangeThatIsMadeWhileAnotherOneIsSerialized() {
    Object outer = cache(JMS, "outer", false);
    Object inner = cache(JMS, "inner", false);
    calls.handingOver(outer, 1);
    message(PUT, false);
    calls.handingOver(inner, 1);
    message(REMOVE, false);
    calls.sent(null);
    calls.handedOver(null);
    // Of a cache that is not known.
    calls.handingOver(new Object(), 1);
    message(PUT, false);
    calls.sent(null);
    calls.handedOver(null);
    calls.sendingFailed(new SocketException());
    calls.sent(new java.rmi.RemoteException());
    calls.handedOver(null);
    assertThat(fates(inner)).isEqualTo(Map.of("jms remove", 1L));
    assertThat(fates(outer)).isEqualTo(Map.of("jms UNREACHABLE", 1L));
  }

  /** What it hands over is not the outer one's, which is being sent. */
  @Test
  void aHandoverWhoseBeginFailedWithinAnother() {
    Object outer = cache(JMS, "outer", false);
    calls.handingOver(outer, 1);
    message(PUT, false);
    message(REMOVE, false);
    calls.sent(null);
    calls.handedOverUnbegun();
    assertThat(recorder.callSeconds(record(outer), PeerHosts.JMS)).isPositive();
    calls.sent(null);
    calls.handedOver(null);
    assertThat(fates(outer)).isEqualTo(Map.of("jms put", 1L));
    assertThat(recorder.callSeconds(record(outer), PeerHosts.JMS)).isZero();
  }

  /** Whether it was sent is not known, and it must not be counted with the next one. */
  @Test
  void aMessageWhoseSendingWasNotBegun() {
    Object a = cache(JGROUPS, "a", true);
    toGroup(a, "a", true);
    toGroup(a, "a", true);
    calls.groupPolled("a", true, peer);
    calls.groupHanding(peer, "a", REMOVE);
    calls.sentUnbegun();
    calls.groupPolled("a", true, peer);
    calls.groupHanding(peer, "a", PUT);
    calls.sending(JGROUPS);
    calls.sent(null);
    calls.groupFlushed(null);
    assertThat(fates(a)).isEqualTo(Map.of("jgroups put", 1L));
    assertThat(record(a).waiting()).isZero();
  }

  @Test
  void aSessionThatWasClosedBeforeTheReplicator() {
    Object c = cache(JMS, "c", true);
    queue(c, 3);
    calls.handingOver(c, 0);
    calls.queueDrained(List.of(1, 2));
    message(PUT, false);
    calls.sent(null);
    calls.peerDisposing(peer);
    message(PUT, false);
    calls.sendingFailed(new SocketException("closed"));
    calls.sent(new java.rmi.RemoteException());
    calls.handedOver(null);
    calls.replicatorDisposing(c);
    calls.replicatorDisposed(c);
    assertThat(fates(c)).isEqualTo(Map.of("jms put", 1L, "dropped SHUTDOWN", 2L));
  }

  @Test
  void aReplicatorThatIsDisposedWhileItsThreadSends() throws InterruptedException {
    Object c = cache(JMS, "c", true);
    queue(c, 5);
    calls.handingOver(c, 0);
    calls.queueDrained(List.of(1, 2, 3, 4));
    message(PUT, false);
    calls.sent(null);
    Thread removal =
        new Thread(
            () -> {
              calls.replicatorDisposing(c);
              calls.handingOver(c, 0);
              calls.handedOver(null);
              calls.replicatorDisposed(c);
            });
    removal.start();
    removal.join();
    // The fifth was in the queue; three are in the hands of this thread.
    assertThat(record(c).waiting()).isEqualTo(3);
    for (int i = 0; i < 2; i++) {
      message(PUT, false);
      calls.sent(null);
    }
    message(PUT, true);
    calls.sent(null);
    calls.handedOver(null);
    assertThat(record(c).waiting()).isZero();
    assertThat(fates(c))
        .isEqualTo(Map.of("jms put", 3L, "dropped COLLECTED", 1L, "dropped SHUTDOWN", 1L));
  }

  @Test
  void whatTheApplicationThrowsWhileItIsSerializedIsNoFailureOfTheTransports() {
    Object c = cache(JMS, "c", false);
    for (RuntimeException failure :
        List.of(new IllegalStateException(), new RuntimeException(new SocketException()))) {
      calls.handingOver(c, 1);
      message(PUT, false);
      calls.sent(failure);
      calls.handedOver(failure);
    }
    assertThat(fates(c)).isEqualTo(Map.of("jms OTHER", 1L, "jms SERIALIZATION", 1L));

    Object g = cache(JGROUPS, "g", false);
    calls.handingOver(g, 1);
    calls.groupHanding(peer, "g", PUT);
    calls.sending(JGROUPS);
    calls.serializationFailed(new IllegalStateException());
    calls.sent(null);
    calls.handedOver(null);
    assertThat(fates(g)).isEqualTo(Map.of("jgroups SERIALIZATION", 1L));
    calls.handingOver(g, 1);
    calls.groupHanding(peer, "g", PUT);
    calls.sending(JGROUPS);
    calls.sendingFailed(new IllegalStateException("channel is closed"));
    calls.sent(null);
    calls.handedOver(null);
    assertThat(fates(g)).isEqualTo(Map.of("jgroups SERIALIZATION", 1L, "jgroups UNREACHABLE", 1L));
  }

  @Test
  void whatIsReceivedIsTheTransports() {
    Object cache = new Object();
    calls.received(JMS, cache, cache, REMOVE);
    calls.received(JGROUPS, cache, cache, PUT);
    calls.received(JGROUPS, cache, cache, PUT);
    CacheRecord record = Objects.requireNonNull(recorder.records().of(cache));
    assertThat(record.peer(PeerHosts.JMS).received(REMOVE)).isEqualTo(1);
    assertThat(record.peer(PeerHosts.JGROUPS).received(PUT)).isEqualTo(2);
  }
}
