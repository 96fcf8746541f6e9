package io.tribescope.agent.recording;

import static io.tribescope.agent.recording.RecordedCluster.B;
import static io.tribescope.agent.recording.RecordedCluster.DELTA;
import static io.tribescope.agent.recording.RecordedCluster.LOCAL;
import static io.tribescope.agent.recording.RecordedCluster.PORT;
import static io.tribescope.agent.recording.RecordedCluster.count;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.messages.QueueRecord;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecorderQueueTest {
  private final RecordedCluster cluster = new RecordedCluster();
  private final Recorder recorder = cluster.recorder;
  private final WovenCalls woven = cluster.woven;
  private final QueueRecord queue = cluster.record().queue();
  private final Object dispatcher = new Object();
  private final List<Long> shutdowns = new ArrayList<>();

  @BeforeEach
  void listen() {
    recorder.listenForShutdowns(shutdowns::add);
  }

  private void add(int messages) {
    for (int i = 0; i < messages; i++) {
      woven.queueing(dispatcher, LOCAL, PORT);
    }
  }

  private void take(int messages) {
    for (int i = 0; i < messages; i++) {
      woven.queueTaken(dispatcher);
    }
  }

  private void assertQueue(long messages, long full, long shutdown) {
    assertThat(queue.messages()).isEqualTo(messages);
    assertThat(queue.discardedFull()).isEqualTo(full);
    assertThat(queue.discardedAtShutdown()).isEqualTo(shutdown);
  }

  @Test
  void whatWasPutInAndNotTakenOutWaits() {
    add(5);
    take(2);
    assertQueue(3, 0, 0);
  }

  @Test
  void theQueueOfAnotherDispatcherIsNotThisOne() {
    add(1);
    woven.queueTaken(new Object());
    assertQueue(1, 0, 0);
  }

  @Test
  void whatTheQueueRefusesDoesNotWait() {
    add(2);
    woven.queueRefused(dispatcher, false);
    assertQueue(1, 0, 0);
  }

  @Test
  void whatTheFullQueueThrowsAwayIsCountedAndNoLongerOnItsWay() {
    byte[] id = cluster.submit(DELTA);
    woven.queueFull(LOCAL, PORT, id);
    assertQueue(0, 1, 0);
    cluster.transmit(id, 8, 100, B);
    assertThat(cluster.peer(B).sentTally().certain.read(cluster.timestampMillis / 1000).count)
        .isZero();
  }

  @Test
  void whatWaitsWhenTheQueueStopsIsLost() {
    add(5);
    take(2);
    woven.queueStopped(dispatcher);
    assertQueue(0, 0, 3);
    assertThat(shutdowns).containsExactly(3L);
    // Threads of Tomcat's that were just about to.
    take(1);
    woven.queueRefused(dispatcher, true);
    assertQueue(0, 0, 3);
    add(1);
    woven.queueRefused(dispatcher, true);
    assertQueue(0, 0, 4);
    woven.queueStopped(dispatcher);
    assertQueue(0, 0, 4);
    assertThat(shutdowns).containsExactly(3L);
  }

  @Test
  void whatIsRejectedWhileTheQueueIsBeingStoppedIsLost() {
    add(2);
    woven.queueRefused(dispatcher, true);
    woven.queueStopped(dispatcher);
    assertQueue(0, 0, 2);
    assertThat(shutdowns).containsExactly(1L);
  }

  @Test
  void anEmptyQueueThatStopsLosesNothing() {
    add(2);
    take(2);
    woven.queueStopped(dispatcher);
    assertQueue(0, 0, 0);
    assertThat(shutdowns).isEmpty();
  }

  @Test
  void aChannelThatStartsAgainGoesOnCounting() {
    add(3);
    woven.queueStopped(dispatcher);
    woven.channelStopped(cluster.channel);
    assertThat(recorder.channels().all()).isEmpty();
    woven.channelStarting(cluster.channel);
    assertThat(cluster.record().queue()).isSameAs(queue);
    add(2);
    take(1);
    assertQueue(1, 0, 3);
    woven.queueStopped(dispatcher);
    assertQueue(0, 0, 4);
    assertThat(shutdowns).containsExactly(3L, 1L);
  }

  @Test
  void aSenderThatAloneStopsAndStartsGoesOnToo() {
    add(3);
    woven.queueStopped(dispatcher);
    woven.channelStarting(cluster.channel);
    add(1);
    assertQueue(1, 0, 3);
  }

  @ParameterizedTest
  @CsvSource({"8, 1", "10, 1", "2, 0", "6, 0"})
  void onlyAsynchronousMessagesWait(int options, int waits) {
    cluster.transmit(cluster.submit(DELTA), options, 100, B);
    assertThat(count(queue.waits())).isEqualTo(waits);
  }

  /** Whose submission is not known, or who left before in another part. */
  @Test
  void aMessageWaitsOnceAndOnlyFromItsSubmission() {
    byte[] id = cluster.submit(DELTA);
    cluster.transmit(id, 8, 100, B);
    cluster.transmit(id, 8, 100, B);
    cluster.transmit(cluster.newId(), 8, 100, B);
    assertThat(count(queue.waits())).isEqualTo(1);
  }

  /** At least as long as was seen to pass before, at most as long as was seen to pass after. */
  @Test
  void theWaitIsThatFromSubmissionToTheNetwork() {
    long before = System.nanoTime();
    byte[] id = cluster.submit(DELTA);
    long submitted = System.nanoTime();
    while (System.nanoTime() - submitted < 2_000_000) {
      Thread.onSpinWait();
    }
    long leaving = System.nanoTime();
    cluster.transmit(id, 8, 100, B);
    assertThat(queue.waits().sum())
        .isBetween((leaving - submitted) / 1e9, (System.nanoTime() - before) / 1e9);
  }
}
