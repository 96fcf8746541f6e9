package io.tribescope.agent.recording.cache;

import static io.tribescope.agent.bridge.CacheEvents.PUT;
import static io.tribescope.agent.bridge.CacheEvents.REMOVE;
import static io.tribescope.agent.bridge.TransportEvents.JGROUPS;
import static io.tribescope.agent.bridge.TransportEvents.JMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What real transports do too seldom to be waited for, and what they do in one message. */
class TransportRecorderTest {
  private final CacheRecorder recorder = new CacheRecorder();
  private final TransportRecorder transports = new TransportRecorder(recorder);
  private final Object peer = new Object();
  private final List<Object> listeners = new ArrayList<>();

  /** Of that name; returns its replicator. */
  private Object cache(int transport, String name, boolean queues) {
    Object cache = new Object();
    Object replicator = new Object();
    // What the cache holds and the agent does not.
    Collections.addAll(listeners, cache, replicator);
    transports.replicating(transport, cache, cache, name, "m", replicator, queues);
    return replicator;
  }

  private CacheRecord record(Object replicator) {
    return Objects.requireNonNull(recorder.records().ofReplicator(replicator)).cache;
  }

  /** Everything that was counted of a change on its way, by what became of it. */
  private Map<String, Long> fates(Object replicator) {
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

  private void queue(Object replicator, int changes) {
    for (int i = 0; i < changes; i++) {
      recorder.enqueueing(replicator);
    }
  }

  private void message(int operation, boolean collected) {
    transports.handing(peer, "c", operation, collected);
    transports.sending(JMS);
  }

  @Test
  void anErrorWithinAFlushOverJmsIsTheEndOfWhatFollows() {
    Object c = cache(JMS, "c", true);
    queue(c, 5);
    transports.handingOver(c, 0);
    transports.drained(List.of(1, 2, 3, 4));
    message(PUT, false);
    transports.sent(null);
    message(REMOVE, true);
    transports.sent(null);
    RuntimeException failure = new RuntimeException(new java.io.NotSerializableException("x"));
    message(PUT, false);
    transports.sent(failure);
    assertThat(record(c).waiting()).isEqualTo(2);
    transports.handedOver(failure);

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
    transports.handingOver(c, 0);
    transports.drained(List.of(1, 2, 3));
    transports.handedOver(null);
    assertThat(fates(c)).isEqualTo(Map.of("dropped NO_PEERS", 3L));
    assertThat(record(c).waiting()).isZero();
  }

  @Test
  void aChangeThatIsHandedToNobody() {
    Object c = cache(JMS, "c", false);
    transports.handingOver(c, 1);
    transports.handedOver(new NullPointerException());
    transports.handingOver(c, 1);
    transports.handedOver(null);
    assertThat(fates(c)).isEqualTo(Map.of("dropped ERROR", 1L, "dropped NO_PEERS", 1L));
    assertThat(record(c).waiting()).isEqualTo(-1);
  }

  @Test
  void aFailureThatAHandlerSawIsCountedOnceWhateverIsThrownThen() {
    Object c = cache(JMS, "c", false);
    transports.handingOver(c, 1);
    message(PUT, false);
    transports.sendingFailed(new SocketException());
    transports.sent(new java.rmi.RemoteException());
    transports.handedOver(new IllegalStateException());
    assertThat(fates(c)).isEqualTo(Map.of("jms UNREACHABLE", 1L));
  }

  @Test
  void aChangeThatIsMadeWhileAnotherOneIsSerialized() {
    Object outer = cache(JMS, "outer", false);
    Object inner = cache(JMS, "inner", false);
    transports.handingOver(outer, 1);
    message(PUT, false);
    transports.handingOver(inner, 1);
    message(REMOVE, false);
    transports.sent(null);
    transports.handedOver(null);
    // Of a cache that is not known.
    transports.handingOver(new Object(), 1);
    message(PUT, false);
    transports.sent(null);
    transports.handedOver(null);
    transports.sendingFailed(new SocketException());
    transports.sent(new java.rmi.RemoteException());
    transports.handedOver(null);
    assertThat(fates(inner)).isEqualTo(Map.of("jms remove", 1L));
    assertThat(fates(outer)).isEqualTo(Map.of("jms UNREACHABLE", 1L));
  }

  @Test
  void aSessionThatWasClosedBeforeTheReplicator() {
    Object c = cache(JMS, "c", true);
    queue(c, 3);
    transports.handingOver(c, 0);
    transports.drained(List.of(1, 2));
    message(PUT, false);
    transports.sent(null);
    transports.peerDisposing(peer);
    message(PUT, false);
    transports.sendingFailed(new SocketException("closed"));
    transports.sent(new java.rmi.RemoteException());
    transports.handedOver(null);
    recorder.replicatorDisposing(c);
    recorder.replicatorDisposed(c);
    assertThat(fates(c)).isEqualTo(Map.of("jms put", 1L, "dropped SHUTDOWN", 2L));
  }

  @Test
  void aReplicatorThatIsDisposedWhileItsThreadSends() throws InterruptedException {
    Object c = cache(JMS, "c", true);
    queue(c, 5);
    transports.handingOver(c, 0);
    transports.drained(List.of(1, 2, 3, 4));
    message(PUT, false);
    transports.sent(null);
    Thread removal =
        new Thread(
            () -> {
              recorder.replicatorDisposing(c);
              transports.handingOver(c, 0);
              transports.handedOver(null);
              recorder.replicatorDisposed(c);
            });
    removal.start();
    removal.join();
    // The fifth was in the queue; three are in the hands of this thread.
    assertThat(record(c).waiting()).isEqualTo(3);
    for (int i = 0; i < 2; i++) {
      message(PUT, false);
      transports.sent(null);
    }
    message(PUT, true);
    transports.sent(null);
    transports.handedOver(null);
    assertThat(record(c).waiting()).isZero();
    assertThat(fates(c))
        .isEqualTo(Map.of("jms put", 3L, "dropped COLLECTED", 1L, "dropped SHUTDOWN", 1L));
  }

  @Test
  void whatTheApplicationThrowsWhileItIsSerializedIsNoFailureOfTheTransports() {
    Object c = cache(JMS, "c", false);
    for (RuntimeException failure :
        List.of(new IllegalStateException(), new RuntimeException(new SocketException()))) {
      transports.handingOver(c, 1);
      message(PUT, false);
      transports.sent(failure);
      transports.handedOver(failure);
    }
    assertThat(fates(c)).isEqualTo(Map.of("jms OTHER", 1L, "jms SERIALIZATION", 1L));

    Object g = cache(JGROUPS, "g", false);
    transports.handingOver(g, 1);
    transports.groupHanding(peer, "g", PUT);
    transports.sending(JGROUPS);
    transports.serializationFailed(new IllegalStateException());
    transports.sent(null);
    transports.handedOver(null);
    assertThat(fates(g)).isEqualTo(Map.of("jgroups SERIALIZATION", 1L));
    transports.handingOver(g, 1);
    transports.groupHanding(peer, "g", PUT);
    transports.sending(JGROUPS);
    transports.sendingFailed(new IllegalStateException("channel is closed"));
    transports.sent(null);
    transports.handedOver(null);
    assertThat(fates(g)).isEqualTo(Map.of("jgroups SERIALIZATION", 1L, "jgroups UNREACHABLE", 1L));
  }

  @Test
  void aChangeThatCannotBePutIntoTheGroupsQueue() {
    Object a = cache(JGROUPS, "a", true);
    transports.handingOver(a, 1);
    transports.groupQueueing(peer, "a");
    transports.groupUnqueued(peer, "a");
    transports.handedOver(new IllegalArgumentException("Non-positive period."));
    assertThat(fates(a)).isEqualTo(Map.of("dropped ERROR", 1L));
    assertThat(record(a).waiting()).isZero();
  }

  @Test
  void namesThatAGroupHasNoRoomFor() {
    CacheRecords records = recorder.records();
    Object first = cache(JGROUPS, "first", true);
    toGroup(first, "first", true);
    for (int i = 1; i < Group.LIMIT; i++) {
      Objects.requireNonNull(records.group(peer))
          .learn("dead" + i, new CacheRecords.Replicator(new CacheRecord(new Object()), null));
    }
    assertThat(records.saturated()).isFalse();
    Object late = cache(JGROUPS, "late", true);
    toGroup(late, "late", true);
    // Nobody could say whose it is that is taken from the queue.
    assertThat(record(late).waiting()).isZero();
    assertThat(fates(late)).isEmpty();
    assertThat(records.saturated()).isTrue();

    // A known name takes no room, whoever bears it now.
    Object second = cache(JGROUPS, "first", true);
    toGroup(second, "first", true);
    assertThat(record(second).waiting()).isEqualTo(1);

    await()
        .untilAsserted(
            () -> {
              System.gc();
              recorder.makeRoom();
              assertThat(Objects.requireNonNull(records.group(peer)).all()).hasSize(1);
            });
    toGroup(late, "late", true);
    assertThat(record(late).waiting()).isEqualTo(1);
  }

  private void toGroup(Object replicator, String name, boolean queues) {
    transports.handingOver(replicator, 1);
    if (queues) {
      transports.groupQueueing(peer, name);
    } else {
      transports.groupHanding(peer, name, PUT);
      transports.sending(JGROUPS);
      transports.sent(null);
    }
    transports.handedOver(null);
  }

  @Test
  void oneMessageOfSeveralCaches() {
    Object a = cache(JGROUPS, "a", true);
    Object b = cache(JGROUPS, "b", true);
    Object c = cache(JGROUPS, "c", false);
    toGroup(a, "a", true);
    toGroup(a, "a", true);
    toGroup(b, "b", true);
    toGroup(a, "a", true);
    toGroup(c, "c", false);
    assertThat(record(a).waiting()).isEqualTo(3);

    transports.groupPolled("a", true, peer);
    transports.groupPolled("a", false, peer);
    transports.groupPolled("b", true, peer);
    transports.groupHanding(peer, "a", PUT);
    transports.groupHanding(peer, "b", REMOVE);
    transports.sending(JGROUPS);
    assertThat(recorder.callSeconds(record(a), PeerHosts.JGROUPS)).isPositive();
    assertThat(recorder.callSeconds(record(b), PeerHosts.JGROUPS)).isPositive();
    assertThat(recorder.callSeconds(record(c), PeerHosts.JGROUPS)).isZero();
    transports.sent(null);
    transports.groupPolled("a", true, peer);
    transports.groupHanding(peer, "a", PUT);
    transports.sending(JGROUPS);
    transports.sendingFailed(new java.io.NotSerializableException("x"));
    transports.sent(null);
    transports.groupFlushed(null);

    assertThat(fates(a))
        .isEqualTo(Map.of("jgroups put", 1L, "dropped COLLECTED", 1L, "jgroups SERIALIZATION", 1L));
    assertThat(fates(b)).isEqualTo(Map.of("jgroups remove", 1L));
    assertThat(fates(c)).isEqualTo(Map.of("jgroups put", 1L));
    assertThat(record(a).waiting()).isZero();
    assertThat(record(b).waiting()).isZero();
    assertThat(recorder.callSeconds(record(a), PeerHosts.JGROUPS)).isZero();
  }

  @Test
  void whatWasTakenFromTheQueueAndNotSent() {
    Object a = cache(JGROUPS, "a", true);
    toGroup(a, "a", true);
    transports.groupPolled("a", true, peer);
    transports.groupFlushed(new OutOfMemoryError());
    assertThat(fates(a)).isEqualTo(Map.of("dropped ERROR", 1L));
  }

  @Test
  void aGroupThatIsLeft() {
    Object a = cache(JGROUPS, "a", true);
    toGroup(a, "a", true);
    toGroup(a, "a", true);
    transports.peerDisposing(peer);
    transports.groupPolled("a", true, peer);
    transports.groupHanding(peer, "a", PUT);
    transports.sending(JGROUPS);
    transports.sent(null);
    transports.groupDisposed(peer);
    transports.handingOver(a, 1);
    transports.groupRefused(peer, "a");
    transports.handedOver(null);
    assertThat(fates(a)).isEqualTo(Map.of("jgroups put", 1L, "dropped SHUTDOWN", 2L));
  }

  @Test
  void aCacheThatComesAgainByItsNameOwesNothingOfTheOldOne() {
    Object old = cache(JGROUPS, "a", true);
    toGroup(old, "a", true);
    Object now = cache(JGROUPS, "a", true);
    toGroup(now, "a", true);
    transports.groupPolled("a", true, peer);
    transports.groupPolled("a", true, peer);
    transports.groupFlushed(null);
    toGroup(now, "a", true);
    assertThat(record(now).waiting()).isEqualTo(1);
  }

  @Test
  void whatIsReceivedIsTheTransports() {
    Object cache = new Object();
    transports.received(JMS, cache, cache, REMOVE);
    transports.received(JGROUPS, cache, cache, PUT);
    transports.received(JGROUPS, cache, cache, PUT);
    CacheRecord record = Objects.requireNonNull(recorder.records().of(cache));
    assertThat(record.peer(PeerHosts.JMS).received(REMOVE)).isEqualTo(1);
    assertThat(record.peer(PeerHosts.JGROUPS).received(PUT)).isEqualTo(2);
  }
}
