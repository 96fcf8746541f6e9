package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.MembershipEvent;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.receipts.WallClock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecorderMembershipTest {
  private static final byte[] FIRST_LIFE = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  private static final byte[] SECOND_LIFE = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2};

  private final Object channel = new Object();
  private final Recorder recorder = new Recorder(new WallClock(), cluster -> {});
  private final WovenCalls woven = new WovenCalls(recorder);

  @BeforeEach
  void startChannel() {
    woven.channelStarting(channel);
  }

  private void added(byte[] life) {
    woven.memberAdded(channel, B, PORT, life);
  }

  private void disappeared(byte[] life, boolean announced) {
    woven.memberDisappeared(channel, B, PORT, life, announced);
  }

  private void assertEvents(Map<MembershipEvent, Integer> expected) {
    Map<MembershipEvent, Integer> seen = new EnumMap<>(MembershipEvent.class);
    for (MembershipEvent event : MembershipEvent.values()) {
      int count = (int) record().events(event);
      if (count > 0) {
        seen.put(event, count);
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  private ChannelRecord record() {
    return recorder.channels().all().get(0);
  }

  private PeerRecord peer() {
    return record().member(B, PORT);
  }

  @Test
  void joinedThenLeftThenJoinedAnew() {
    added(FIRST_LIFE);
    assertThat(peer().inView()).isTrue();
    disappeared(FIRST_LIFE, true);
    assertThat(peer().inView()).isFalse();
    added(SECOND_LIFE);
    assertThat(peer().inView()).isTrue();
    assertEvents(Map.of(MembershipEvent.JOINED, 2, MembershipEvent.LEFT, 1));
  }

  @Test
  void theSameLifeThatComesBackAfterAFailureRejoins() {
    added(FIRST_LIFE);
    disappeared(FIRST_LIFE, false);
    added(FIRST_LIFE);
    assertEvents(
        Map.of(MembershipEvent.JOINED, 1, MembershipEvent.FAILED, 1, MembershipEvent.REJOINED, 1));
  }

  @Test
  void anotherLifeAfterAFailureJoins() {
    added(FIRST_LIFE);
    disappeared(FIRST_LIFE, false);
    added(SECOND_LIFE);
    assertEvents(Map.of(MembershipEvent.JOINED, 2, MembershipEvent.FAILED, 1));
  }

  /** Its id may be configured, and then is the same in each life. */
  @Test
  void whoLeftAndComesBackUnderTheSameIdJoins() {
    added(FIRST_LIFE);
    disappeared(FIRST_LIFE, true);
    added(FIRST_LIFE);
    assertEvents(Map.of(MembershipEvent.JOINED, 2, MembershipEvent.LEFT, 1));
  }

  @Test
  void theGhostOfAnEarlierLifeTakesNobodyWithIt() {
    added(FIRST_LIFE);
    added(SECOND_LIFE);
    disappeared(FIRST_LIFE, false);
    assertThat(peer().inView()).isTrue();
    assertThat(peer().lifeId()).isEqualTo(MemberKey.ofUniqueId(SECOND_LIFE));
    assertEvents(Map.of(MembershipEvent.JOINED, 2, MembershipEvent.FAILED, 1));
  }

  /** Verification repeats while the suspicion lasts; each suspicion is one. */
  @Test
  void aSuspicionIsCountedOnceAndClearedOnce() {
    added(FIRST_LIFE);
    woven.memberSuspected(B, PORT);
    woven.memberSuspected(B, PORT);
    woven.memberVerified(B, PORT, false);
    woven.memberVerified(B, PORT, true);
    woven.memberVerified(B, PORT, true);
    assertEvents(
        Map.of(
            MembershipEvent.JOINED, 1,
            MembershipEvent.SUSPECTED, 1,
            MembershipEvent.SUSPICION_CLEARED, 1));
  }

  @Test
  void aMemberThatIsWellIsNotClearedOfAnything() {
    added(FIRST_LIFE);
    woven.memberVerified(B, PORT, true);
    assertEvents(Map.of(MembershipEvent.JOINED, 1));
  }

  @Test
  void aSuspicionOfAnUnknownAddressIsNone() {
    added(FIRST_LIFE);
    woven.memberSuspected(new byte[] {10, 9, 9, 9}, PORT);
    assertEvents(Map.of(MembershipEvent.JOINED, 1));
    assertThat(record().peers()).hasSize(1);
  }

  @Test
  void aStoppedChannelIsForgotten() {
    added(FIRST_LIFE);
    woven.channelStopped(channel);
    assertThat(recorder.channels().all()).isEmpty();
  }

  @Test
  void the17thChannelIsNotRecorded() {
    Object[] more = new Object[16];
    for (int i = 0; i < more.length; i++) {
      assertThat(recorder.channels().saturated()).isFalse();
      more[i] = new Object();
      woven.channelStarting(more[i]);
    }
    assertThat(recorder.channels().all()).hasSize(16);
    assertThat(recorder.channels().of(more[14])).isNotNull();
    assertThat(recorder.channels().of(more[15])).isNull();
    assertThat(recorder.channels().saturated()).isTrue();
  }

  /** Tomcat's threads may still drain what had arrived. */
  @Test
  void aMessageAfterTheStopRevivesNothing() {
    woven.channelStopped(channel);
    added(FIRST_LIFE);
    woven.received(channel, B, PORT, FIRST_LIFE, 0, 100);
    woven.receiveEnded();
    assertThat(recorder.channels().all()).isEmpty();
  }

  /** A scrape finds the member in the channel's view before the channel has told of it. */
  @Test
  void aScrapeBeforeTheEventMakesNoRejoinAJoin() {
    added(FIRST_LIFE);
    disappeared(FIRST_LIFE, false);
    record().reconcile(Set.of(peer()), record().viewEvents(), System.nanoTime());
    assertThat(peer().inView()).isTrue();
    added(FIRST_LIFE);
    assertEvents(
        Map.of(MembershipEvent.JOINED, 1, MembershipEvent.FAILED, 1, MembershipEvent.REJOINED, 1));
  }

  @Test
  void aViewThatWasReadBeforeTheEventDoesNotUndoIt() {
    int before = record().viewEvents();
    added(FIRST_LIFE);
    record().reconcile(Set.of(), before, System.nanoTime());
    assertThat(peer().inView()).isTrue();
    record().reconcile(Set.of(), record().viewEvents(), System.nanoTime());
    assertThat(peer().inView()).isFalse();
  }

  @Test
  void whoWasOnlySentToIsNoMemberAndIsForgottenAfterAMinute() {
    byte[] asker = {10, 9, 9, 9};
    woven.transmitting(new byte[] {10, 0, 0, 1}, PORT, FIRST_LIFE, 0, 0, 100, 1);
    woven.transmittingTo(asker, PORT);
    woven.transmissionCompleted(asker, PORT);
    assertThat(record().peers()).isEmpty();
    assertThat(record().other().wasSentTo()).isFalse();
    long now = System.nanoTime();
    record().reconcile(Set.of(), 0, now);
    assertThat(record().other().wasSentTo()).isFalse();
    record().reconcile(Set.of(), 0, now + 61_000_000_000L);
    assertThat(record().other().sent(MessageType.OTHER, false)).isEqualTo(1);
    assertThat(record().other().sentBytes()).isEqualTo(100);
  }

  @Test
  void clustersAreHeardOf() {
    Object[] heard = {""};
    Object cluster = new Object();
    new Recorder(new WallClock(), started -> heard[0] = started)
        .lifecycle()
        .clusterStarting(cluster);
    assertThat(heard[0]).isSameAs(cluster);
  }

  @Test
  void aWaitingReceiverIsSeenUntilItIsServed() {
    assertThat(recorder.receiverWait().seconds()).isZero();
    woven.receiverWaiting();
    assertThat(recorder.receiverWait().seconds()).isPositive();
    woven.receiverServed();
    assertThat(recorder.receiverWait().seconds()).isZero();
    woven.receiverServed(); // one too many
    assertThat(recorder.receiverWait().seconds()).isZero();
  }

  @Test
  void ofMoreThan64DepartedTheOldestAreForgotten() {
    ChannelRecord record = new ChannelRecord(channel, () -> 64);
    for (int i = 0; i < 70; i++) {
      record.member(new byte[] {10, 0, 1, (byte) i}, PORT).appeared(i + 1, 0, 0);
    }
    Set<PeerRecord> view = new HashSet<>(record.peers());
    for (int i = 0; i < 66; i++) {
      PeerRecord gone = record.member(new byte[] {10, 0, 1, (byte) i}, PORT);
      gone.disappeared(i + 1, false, System.nanoTime() | 1, 0);
      view.remove(gone);
    }
    record.reconcile(view, 0, System.nanoTime());
    assertThat(record.peers()).hasSize(68).containsAll(view);
    assertThat(record.knownPeer(MemberKey.of(new byte[] {10, 0, 1, 0}, PORT))).isNull();
    assertThat(record.knownPeer(MemberKey.of(new byte[] {10, 0, 1, 1}, PORT))).isNull();
    assertThat(record.knownPeer(MemberKey.of(new byte[] {10, 0, 1, 2}, PORT))).isNotNull();
  }

  @Test
  void aMemberIsForgotten24HoursAfterItLeft() {
    ChannelRecord record = new ChannelRecord(channel, () -> 64);
    PeerRecord lately = record.member(new byte[] {10, 0, 1, 1}, PORT);
    PeerRecord longAgo = record.member(new byte[] {10, 0, 1, 2}, PORT);
    long now = System.nanoTime();
    long hour = 3_600_000_000_000L;
    for (PeerRecord peer : record.peers()) {
      peer.appeared(1, 0, 0);
    }
    lately.disappeared(1, false, now - 23 * hour, 0);
    longAgo.disappeared(1, false, now - 24 * hour, 0);
    record.reconcile(Set.of(), 0, now + 1);
    assertThat(record.peers()).containsExactly(lately);
  }

  private static byte[] host(int number) {
    return new byte[] {10, 0, 1, (byte) number};
  }

  /** A bit that stood for a member that is away must not be taken for it any longer. */
  @Test
  void theLifeThatAStrangerGetsIsNoMembersAnyMore() {
    ChannelRecord record = new ChannelRecord(channel, () -> 64);
    for (int i = 1; i <= 55; i++) {
      record.appeared(record.member(host(i), PORT), i);
    }
    PeerRecord away = record.member(host(1), PORT);
    long bit = away.life();
    record.disappeared(away, 1, false, 1);
    assertThat(Long.bitCount(record.known())).isEqualTo(55);
    PeerRecord stranger = record.destination(MemberKey.of(host(99), PORT), host(99), PORT);
    assertThat(stranger.life()).isEqualTo(bit);
    assertThat(Long.bitCount(record.known())).isEqualTo(54);
    assertThat(record.known()).isEqualTo(record.live());
    assertThat(record.known() & bit).isZero();
  }

  /** As the probing thread finds it in the view. */
  @Test
  void whoTurnsOutToBeAMemberIsKnownAtOnce() {
    ChannelRecord record = new ChannelRecord(channel, () -> 64);
    PeerRecord peer = record.destination(MemberKey.of(host(1), PORT), host(1), PORT);
    assertThat(record.known()).isZero();
    record.member(host(1), PORT);
    assertThat(record.known()).isEqualTo(peer.life()).isNotZero();
    assertThat(record.live()).isZero();
  }

  /** What is right after an event must not depend on what another thread counted meanwhile. */
  @Test
  void membersThatComeAndGoAtOnceAreAllCounted() throws Exception {
    ChannelRecord record = new ChannelRecord(channel, () -> 64);
    PeerRecord[] peers = {record.member(host(1), PORT), record.member(host(2), PORT)};
    for (int i = 0; i < 2; i++) {
      record.appeared(peers[i], i + 1);
    }
    long both = peers[0].life() | peers[1].life();
    Rounds rounds = new Rounds(2);
    List<Integer> wrong =
        Threads.run(
            2,
            thread -> {
              int seen = 0;
              for (int round = 0; round < 20_000; round++) {
                rounds.await();
                record.disappeared(peers[thread], thread + 1, false, 1);
                rounds.await();
                seen += record.live() == 0 && record.known() == both ? 0 : 1;
                rounds.await();
                record.appeared(peers[thread], thread + 1);
                rounds.await();
                seen += record.live() == both && record.known() == both ? 0 : 1;
              }
              return seen;
            });
    assertThat(wrong).containsExactly(0, 0);
  }

  /** A view that was read before they came has none of them. */
  @Test
  void anOlderViewThatIsTakenOverMeanwhileUndoesNoEvent() throws Exception {
    ChannelRecord record = new ChannelRecord(channel, () -> 64);
    List<PeerRecord> peers = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      peers.add(record.member(host(i), PORT));
      record.appeared(peers.get(i - 1), i);
    }
    Rounds rounds = new Rounds(2);
    List<Integer> wrong =
        Threads.run(
            2,
            thread -> {
              int seen = 0;
              for (int round = 0; round < 2_000; round++) {
                if (thread == 0) {
                  for (int i = 0; i < peers.size(); i++) {
                    record.disappeared(peers.get(i), i + 1, false, 1);
                  }
                }
                int events = record.viewEvents();
                rounds.await();
                if (thread == 0) {
                  record.reconcile(Set.of(), events, 1);
                } else {
                  for (int i = 0; i < peers.size(); i++) {
                    record.appeared(peers.get(i), i + 1);
                  }
                }
                rounds.await();
                if (thread == 0) {
                  seen += (int) peers.stream().filter(peer -> !peer.inView()).count();
                  seen += 50 - Long.bitCount(record.live());
                }
              }
              return seen;
            });
    assertThat(wrong).containsExactly(0, 0);
  }
}
