package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.receipts.Settlement;
import io.tribescope.agent.recording.sessions.RecentChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentChangesTest {
  private static final int ROOM = 65_536;
  private static final long NEEDED = TimeUnit.SECONDS.toNanos(39);
  private static final long SECOND = 1_700_000_000L;

  // Of System.nanoTime() any value may come, also below zero.
  private final AtomicLong clock = new AtomicLong(-NEEDED / 2);
  private final AtomicLong needed = new AtomicLong(NEEDED);
  private final RecentChanges changes = new RecentChanges(clock::get, needed::get);

  private void add(int entries) {
    for (int i = 1; i <= entries; i++) {
      changes.add(i, -i, SECOND);
    }
  }

  @Test
  void allOfThemAreFoundByTheirSecond() {
    changes.add(1, 11, SECOND);
    changes.add(2, 22, SECOND + 1);
    changes.add(3, 33, SECOND);
    List<Long> found = new ArrayList<>();
    changes.visit(
        SECOND,
        (id, change) -> {
          found.add(id);
          found.add(change);
        });
    assertThat(found).containsExactly(1L, 11L, 3L, 33L);
  }

  @Test
  void asManyAsThereIsRoomForAreNotTooMany() {
    add(ROOM);
    assertThat(changes.saturated()).isFalse();
  }

  @Test
  void theFirstThatIsOverwrittenAMomentTooEarlySaturatesIt() {
    add(ROOM);
    clock.addAndGet(NEEDED - 1);
    add(1);
    assertThat(changes.saturated()).isTrue();
    clock.addAndGet(10 * NEEDED);
    add(ROOM);
    assertThat(changes.saturated()).as("ever since").isTrue();
  }

  @Test
  void whatIsOverwrittenWhenItIsNeededNoMoreWasThereLongEnough() {
    for (int lap = 0; lap < 3; lap++) {
      add(ROOM);
      clock.addAndGet(NEEDED);
    }
    assertThat(changes.saturated()).isFalse();
  }

  /** The first lap took long; a burst then overwrites its own beginning. */
  @Test
  void aBurstWithinALapIsNoticed() {
    add(32_000);
    clock.addAndGet(10 * NEEDED);
    add(ROOM);
    assertThat(changes.saturated()).isFalse();
    add(64);
    assertThat(changes.saturated()).isTrue();
  }

  @Test
  void whereNothingIsLookedForNothingIsTooEarly() {
    needed.set(0);
    add(3 * ROOM);
    assertThat(changes.saturated()).isFalse();
  }

  /** Where no peer has an agent, or none is asked, nothing is missing by receipts. */
  @Test
  void aChannelNeedsThemOnceAPeerInItsViewHasGivenAReceipt() {
    RecordedCluster cluster = new RecordedCluster();
    ChannelRecord record = cluster.record();
    addTo(record);
    assertThat(record.changesSaturated()).isFalse();
    cluster.peer(RecordedCluster.B).receiptsTaken(0);
    cluster.drop(RecordedCluster.B);
    addTo(record);
    assertThat(record.changesSaturated()).isFalse();
    cluster.comeBack(RecordedCluster.B);
    addTo(record);
    assertThat(record.changesSaturated()).isTrue();
  }

  /** Far faster than in 39 seconds. */
  private static void addTo(ChannelRecord record) {
    for (int i = 0; i < 2 * ROOM; i++) {
      record.changes().add(i, i, SECOND);
    }
  }

  /** By the times that SettlementTest shows: 30 s of calm, 2 s more, each until the next probe. */
  @Test
  void howLongTheyAreNeeded() {
    assertThat(Settlement.settledWithinNanos(0)).isEqualTo(NEEDED);
    assertThat(Settlement.settledWithinNanos(8)).isEqualTo(NEEDED);
    assertThat(Settlement.settledWithinNanos(9)).isEqualTo(TimeUnit.SECONDS.toNanos(45));
    assertThat(Settlement.settledWithinNanos(55)).isEqualTo(TimeUnit.SECONDS.toNanos(75));
  }
}
