package io.tribescope.agent.probe;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.WovenCalls;
import io.tribescope.agent.recording.channels.ReceiptListener;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.Receipts;
import io.tribescope.agent.recording.receipts.SentTally;
import io.tribescope.agent.recording.receipts.SteppedClock;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.tomcat.FakeChannel;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.catalina.tribes.ByteMessage;
import org.apache.catalina.tribes.Member;
import org.apache.catalina.tribes.UniqueId;
import org.apache.catalina.tribes.group.GroupChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the prober sends, and what it makes of what it is sent; over a fake channel. */
class ProberTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final byte[] HOST = {10, 0, 0, 1};

  private static final Receipts NOTHING = new Receipts.Builder(0).build();

  /**
   * @param round tells the prober's rounds apart, each of which begins with a look at the clock
   */
  private record Sent(int port, Probe probe, int length, int options, int round) {}

  private final List<Sent> sent = new CopyOnWriteArrayList<>();

  private final CountDownLatch sending = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);

  /** What happens while a probe is being sent, on the prober's thread. */
  private volatile Consumer<Sent> whileSending = one -> {};

  private final SteppedClock wall = new SteppedClock();
  private final WallClock clock = wall.clock();
  private final Recorder recorder = new Recorder(clock, cluster -> {});
  private final WovenCalls woven = new WovenCalls(recorder);
  private final FakeChannel view = new FakeChannel().local("10.0.0.1", 4000);
  private final GroupChannel channel =
      new GroupChannel() {
        @Override
        public Member getLocalMember(boolean incAlive) {
          return view.getLocalMember(incAlive);
        }

        @Override
        public Member[] getMembers() {
          return view.getMembers();
        }

        @Override
        @SuppressWarnings("NullAway") // the prober does not look at it
        public UniqueId send(Member[] destination, Serializable message, int options) {
          byte[] payload = ((ByteMessage) message).getMessage();
          Probe probe = Objects.requireNonNull(Probe.parse(payload));
          Sent one =
              new Sent(destination[0].getPort(), probe, payload.length, options, wall.readings());
          sent.add(one);
          whileSending.accept(one);
          return null;
        }
      };
  private Prober prober = new Prober(recorder.channels(), clock, true, record -> 0x77);

  private void start(int peers, boolean asking) {
    start(peers, asking, (record, peer) -> {});
  }

  private void start(int peers, boolean asking, ReceiptListener listener) {
    for (int i = 1; i <= peers; i++) {
      view.with("10.0.0.1", 4000 + i, i);
    }
    woven.channelStarting(channel);
    prober = new Prober(recorder.channels(), clock, asking, record -> 0x77);
    prober.listenForReceipts(listener);
    prober.start();
  }

  @AfterEach
  void stop() {
    prober.stop();
  }

  @Test
  void atMostEightPeersAnInterval() {
    start(20, true);
    await().atMost(DEADLINE).until(() -> sent.size() >= 8);
    // A message of the prober's own thread, later than its round: an answer that it sends.
    probeFrom(4001);
    await().atMost(DEADLINE).until(() -> sent.stream().anyMatch(one -> one.probe().reply));
    assertThat(sent).hasSize(9);
    assertThat(sent.subList(0, 8)).noneMatch(one -> one.probe().reply);
    assertThat(new HashSet<>(sent.subList(0, 8).stream().map(Sent::port).toList())).hasSize(8);
    assertThat(sent.subList(0, 8)).allSatisfy(one -> assertThat(one.length()).isEqualTo(48));
    assertThat(sent).allSatisfy(one -> assertThat(one.options()).isEqualTo(1));
  }

  @Test
  void anAnswerMakesThePeersClockKnown() {
    start(1, true);
    await().atMost(DEADLINE).until(() -> sent.size() == 1);
    Probe request = sent.get(0).probe();
    // The peer's clock is an hour ahead.
    long theirs = clock.nanos() + Duration.ofHours(1).toNanos();
    prober.probeReceived(
        peer(4001), request.answer(theirs, theirs, NOTHING, 0).toBytes(), clock.nanos());
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(
                        Objects.requireNonNull(peer(4001).clock().estimate(System.nanoTime()))
                            .offsetSeconds())
                    .isBetween(3590.0, 3610.0));
  }

  @Test
  void anAnswerThatNobodyAskedForIsIgnored() {
    start(1, true);
    await().atMost(DEADLINE).until(() -> sent.size() == 1);
    long now = clock.nanos();
    prober.probeReceived(
        peer(4001), Probe.request(42, now, 0).answer(now, now, NOTHING, 0).toBytes(), now);
    probeFrom(4001);
    await().atMost(DEADLINE).until(() -> sent.size() == 2);
    assertThat(peer(4001).clock().estimate(System.nanoTime())).isNull();
  }

  @Test
  void anAnswersReceiptsAreTakenAndToldOf() {
    List<PeerRecord> told = new CopyOnWriteArrayList<>();
    start(1, true, (record, peer) -> told.add(peer));
    await().atMost(DEADLINE).until(() -> sent.size() == 1);
    assertThat(peer(4001).tellsWhatArrived()).isFalse();
    answer(sent.get(0).probe());
    await().atMost(DEADLINE).until(() -> told.size() == 1);
    assertThat(told).containsExactly(peer(4001));
    assertThat(peer(4001).tellsWhatArrived()).isTrue();
    assertThat(peer(4001).missing()).isZero();
    assertThat(peer(4001).routeHash()).isEqualTo(0x55);
  }

  /** What that life received says nothing of what this one was sent. */
  @Test
  void theAnswerOfAnEarlierLifeIsIgnored() {
    List<PeerRecord> told = new CopyOnWriteArrayList<>();
    start(1, true, (record, peer) -> told.add(peer));
    await().atMost(DEADLINE).until(() -> sent.size() == 1);
    woven.memberAdded(channel, HOST, 4001, new byte[] {1, 2, 3});
    answer(sent.get(0).probe());
    probeFrom(4001);
    await().atMost(DEADLINE).until(() -> sent.stream().anyMatch(one -> one.probe().reply));
    assertThat(told).isEmpty();
    assertThat(peer(4001).missing()).isNull();
    assertThat(peer(4001).routeHash()).isZero();
  }

  @Test
  void aQuestionIsAnsweredWithWhatCame() {
    start(1, true);
    byte[] id = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    woven.memberAdded(channel, HOST, 4001, id);
    long second = clock.nanos() / 1_000_000_000L;
    woven.received(channel, HOST, 4001, id, second * 1000 + 5, 100);
    woven.receiveEnded();
    prober.probeReceived(
        peer(4001), Probe.request(7, clock.nanos(), second).toBytes(), clock.nanos());
    await().atMost(DEADLINE).until(() -> sent.stream().anyMatch(one -> one.probe().reply));
    Probe reply = sent.stream().map(Sent::probe).filter(one -> one.reply).findFirst().orElseThrow();
    Receipts receipts = Objects.requireNonNull(reply.receipts);
    assertThat(receipts.size()).isEqualTo(1);
    assertThat(receipts.second(0)).isEqualTo(second);
    assertThat(receipts.count(0)).isEqualTo(1);
    assertThat(receipts.recordedForNanos()).isPositive();
    assertThat(reply.routeHash).isEqualTo(0x77);
  }

  @Test
  void aPeerOfTheFirstVersionIsAskedAndAnsweredInIt() {
    start(1, true);
    await().atMost(DEADLINE).until(() -> sent.size() == 1);
    assertThat(sent.get(0).probe().wantsReceipts()).isTrue();
    byte[] request = Probe.firstRequest(7, clock.nanos()).toBytes();
    request[7] = 0;
    prober.probeReceived(peer(4001), request, clock.nanos());
    await().atMost(DEADLINE).until(() -> sent.size() == 3);
    assertThat(sent.get(1).probe().reply).isTrue();
    assertThat(sent.get(1).length()).isEqualTo(48);
    assertThat(sent.get(2).probe().wantsReceipts()).isFalse();
    // It is updated.
    probeFrom(4001);
    await().atMost(DEADLINE).until(() -> sent.size() >= 5);
    assertThat(sent.get(3).probe().receipts).isNotNull();
    assertThat(sent.get(4).probe().wantsReceipts()).isTrue();
  }

  @Test
  void afterAStepOfOurClockNothingSentBeforeIsCompared() {
    List<PeerRecord> told = new CopyOnWriteArrayList<>();
    start(1, true, (record, peer) -> told.add(peer));
    await().atMost(DEADLINE).until(() -> sent.size() == 1);
    SentTally before = peer(4001).sentTally();
    answer(sent.get(0).probe());
    await().atMost(DEADLINE).until(() -> told.size() == 1);
    wall.step(3_600_000);
    await().atMost(DEADLINE).until(() -> peer(4001).sentTally() != before);
    assertThat(peer(4001).tellsWhatArrived()).as("it is still the one that told").isTrue();
    // The answer to the next question is taken again.
    await().atMost(DEADLINE).until(() -> sent.size() == 2);
    answer(sent.get(1).probe());
    await().atMost(DEADLINE).until(() -> told.size() == 2);
  }

  private void answer(Probe request) {
    long now = clock.nanos();
    prober.probeReceived(
        peer(4001), request.answer(now, now, NOTHING, 0x55).toBytes(), clock.nanos());
  }

  /** Steadier than any network can: each answer finds all the questions asked anew. */
  @Test
  void howeverManyAskOurOwnProbesGoOutAndARoundAnswersEight() {
    whileSending =
        one -> {
          for (int port = 4001; port <= 4020; port++) {
            probeFrom(port);
          }
        };
    start(20, true);
    // Those of three intervals.
    await()
        .atMost(DEADLINE)
        .until(() -> sent.stream().filter(one -> !one.probe().reply).count() >= 24);
    Map<Integer, Long> answersOfRounds =
        sent.stream().filter(one -> one.probe().reply).collect(groupingBy(Sent::round, counting()));
    assertThat(answersOfRounds.values()).contains(8L).allMatch(answers -> answers <= 8);
    Set<Integer> answered =
        sent.stream().filter(one -> one.probe().reply).map(Sent::port).collect(toSet());
    assertThat(answered).as("each has its turn").hasSize(20);
    // A round lasts 20 ms: 201 of them in four seconds, and the three of our own probes.
    assertThat(answersOfRounds.size()).isLessThan(300);
  }

  /** Each send lasts until it is {@link #over}. */
  private void hangWhileSending() {
    whileSending =
        one -> {
          sending.countDown();
          awaitUninterruptibly(over);
        };
  }

  /** As when the member that they name hangs: the send of an answer lasts until Tribes gives up. */
  @Test
  void whoAsksOftenWhileASendLastsIsAnsweredOnceAndHidesNobodysProbe() throws Exception {
    hangWhileSending();
    start(2, true);
    assertThat(sending.await(10, SECONDS)).isTrue();
    Sent own = sent.get(0);
    for (int nonce = 1; nonce <= 300; nonce++) {
      prober.probeReceived(
          peer(4001), Probe.request(nonce, clock.nanos(), 0).toBytes(), clock.nanos());
    }
    prober.probeReceived(peer(4002), Probe.request(301, clock.nanos(), 0).toBytes(), clock.nanos());
    long now = clock.nanos();
    for (int nonce = 1; nonce <= 300; nonce++) {
      prober.probeReceived(
          peer(4001), Probe.request(nonce, now, 0).answer(now, now, NOTHING, 0).toBytes(), now);
    }
    prober.probeReceived(
        peer(own.port()), own.probe().answer(now, now, NOTHING, 0x55).toBytes(), clock.nanos());
    over.countDown();
    await()
        .atMost(DEADLINE)
        .until(() -> sent.stream().filter(one -> one.probe().reply).count() >= 2);
    // Our next probes, later than all answers to what was asked before.
    await()
        .atMost(DEADLINE)
        .until(() -> sent.stream().filter(one -> !one.probe().reply).count() == 4);
    assertThat(sent.stream().filter(one -> one.probe().reply))
        .extracting(Sent::port, one -> one.probe().nonce)
        .containsExactly(tuple(4001, 300L), tuple(4002, 301L));
    assertThat(peer(own.port()).routeHash()).as("the answer to ours was taken").isEqualTo(0x55);
  }

  /** When it came and when it is answered would be by two clocks. */
  @Test
  void whatWasAskedBeforeAStepOfOurClockIsNotAnswered() throws Exception {
    hangWhileSending();
    start(9, true);
    assertThat(sending.await(10, SECONDS)).isTrue();
    for (int port = 4001; port <= 4009; port++) {
      probeFrom(port);
    }
    wall.step(3_600_000);
    over.countDown();
    // The first eight go out in the round that the step was in; it is noticed in the next.
    await()
        .atMost(DEADLINE)
        .until(() -> sent.stream().filter(one -> !one.probe().reply).count() == 16);
    assertThat(sent.stream().filter(one -> one.probe().reply)).hasSize(8);
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      if (!latch.await(10, SECONDS)) {
        throw new IllegalStateException("never released");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void garbageIsIgnored() {
    start(1, true);
    prober.probeReceived(peer(4001), new byte[48], clock.nanos());
    probeFrom(4001);
    await().atMost(DEADLINE).until(() -> sent.size() == 2);
    assertThat(sent.stream().filter(one -> one.probe().reply)).hasSize(1);
  }

  @Test
  void switchedOffNothingIsSentAndNothingAnswered() {
    await().atMost(DEADLINE).until(() -> threads() == 0);
    start(3, false);
    probeFrom(4001);
    assertThat(threads()).isZero();
    assertThat(sent).isEmpty();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tribescope-probe"))
        .count();
  }

  private void probeFrom(int port) {
    prober.probeReceived(peer(port), Probe.request(7, clock.nanos(), 0).toBytes(), clock.nanos());
  }

  private PeerRecord peer(int port) {
    return recorder.channels().all().get(0).member(HOST, port);
  }
}
