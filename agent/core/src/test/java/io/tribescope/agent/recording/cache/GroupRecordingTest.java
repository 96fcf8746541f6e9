package io.tribescope.agent.recording.cache;

import static io.tribescope.agent.bridge.CacheOperation.PUT;
import static io.tribescope.agent.bridge.CacheOperation.REMOVE;
import static io.tribescope.agent.bridge.TransportEvents.JGROUPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.Group;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.Replicator;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What members of a JGroups group do too seldom to be waited for, and what is in one message. */
class GroupRecordingTest extends TransportedCaches {
  @Test
  void aChangeThatCannotBePutIntoTheGroupsQueue() {
    Object a = cache(JGROUPS, "a", true);
    calls.handingOver(a, 1);
    calls.groupQueueing(peer, "a");
    calls.groupUnqueued(peer, "a");
    calls.handedOver(new IllegalArgumentException("Non-positive period."));
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
          .learn("dead" + i, new Replicator(new CacheRecord(new Object()), null));
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

    calls.groupPolled("a", true, peer);
    calls.groupPolled("a", false, peer);
    calls.groupPolled("b", true, peer);
    calls.groupHanding(peer, "a", PUT);
    calls.groupHanding(peer, "b", REMOVE);
    calls.sending(JGROUPS);
    assertThat(recorder.callSeconds(record(a), PeerHosts.JGROUPS)).isPositive();
    assertThat(recorder.callSeconds(record(b), PeerHosts.JGROUPS)).isPositive();
    assertThat(recorder.callSeconds(record(c), PeerHosts.JGROUPS)).isZero();
    calls.sent(null);
    calls.groupPolled("a", true, peer);
    calls.groupHanding(peer, "a", PUT);
    calls.sending(JGROUPS);
    calls.sendingFailed(new java.io.NotSerializableException("x"));
    calls.sent(null);
    calls.groupFlushed(null);

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
    calls.groupPolled("a", true, peer);
    calls.groupFlushed(new OutOfMemoryError());
    assertThat(fates(a)).isEqualTo(Map.of("dropped ERROR", 1L));
  }

  @Test
  void aGroupThatIsLeft() {
    Object a = cache(JGROUPS, "a", true);
    toGroup(a, "a", true);
    toGroup(a, "a", true);
    calls.peerDisposing(peer);
    calls.groupPolled("a", true, peer);
    calls.groupHanding(peer, "a", PUT);
    calls.sending(JGROUPS);
    calls.sent(null);
    calls.groupDisposed(peer);
    calls.handingOver(a, 1);
    calls.groupRefused(peer, "a");
    calls.handedOver(null);
    assertThat(fates(a)).isEqualTo(Map.of("jgroups put", 1L, "dropped SHUTDOWN", 2L));
  }

  @Test
  void aCacheThatComesAgainByItsNameOwesNothingOfTheOldOne() {
    Object old = cache(JGROUPS, "a", true);
    toGroup(old, "a", true);
    Object now = cache(JGROUPS, "a", true);
    toGroup(now, "a", true);
    calls.groupPolled("a", true, peer);
    calls.groupPolled("a", true, peer);
    calls.groupFlushed(null);
    toGroup(now, "a", true);
    assertThat(record(now).waiting()).isEqualTo(1);
  }
}
