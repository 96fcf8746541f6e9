package io.tribescope.agent.recording.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import io.tribescope.agent.recording.members.MemberKey;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SessionTableTest {
  private static final long SEED = 20_260_402L;
  private static final long B = 1L << 3;
  private static final long C = 1L << 54;
  private static final long KEY = 0x0123_4567_89AB_CDE0L;

  private final ContextRecord context = new ContextRecord(0, "localhost#/app", this, null);
  private final ContextRecord another = new ContextRecord(255, "localhost#/b", this, null);
  private SessionTable table = new SessionTable(1000);

  private SessionsAtRisk read(long live, long nanos) {
    SessionsAtRisk risk = new SessionsAtRisk(256);
    table.sweep().read(risk, live, nanos);
    return risk;
  }

  private long changed(long key, long nanos, long live) {
    return table.changed(key, 0, nanos, 0, live);
  }

  private void failedForAll(long handle) {
    table.sending(handle, B);
    table.failed(handle, B, false);
    table.sent(handle, 0);
  }

  private void reached(long handle, long member, boolean acknowledged) {
    table.sending(handle, member);
    table.handedOver(handle, member, acknowledged);
    table.sent(handle, 0);
  }

  @Test
  void agesBeginWithTheFirstChangeThatIsNotElsewhere() {
    assertAges(1_001, 0, 0);
    reached(changed(KEY, 1_001, B), B, true);
    assertAges(2_001, 0, 0);
    failedForAll(changed(KEY, 3_001, B));
    assertAges(4_001, 1_000, 1_000);
    failedForAll(changed(KEY, 5_001, B));
    assertAges(6_001, 3_000, 3_000);
    reached(changed(KEY, 7_001, B), B, false);
    assertAges(8_001, 0, 5_000);
    failedForAll(changed(KEY, 9_001, B));
    assertAges(10_001, 1_000, 7_000);
    reached(changed(KEY, 11_001, B), B, true);
    assertAges(12_001, 0, 0);
  }

  private void assertAges(long now, long unreplicated, long unconfirmed) {
    SessionsAtRisk risk = read(B, now);
    assertThat(risk.unreplicatedSeconds(context)).isEqualTo(unreplicated / 1e9);
    assertThat(risk.unconfirmedSeconds(context)).isEqualTo(unconfirmed / 1e9);
  }

  @Test
  void theOldestOfAllGivesTheAge() {
    failedForAll(changed(KEY, 5_001, B));
    failedForAll(changed(KEY + 8, 3_001, B));
    failedForAll(changed(KEY + 16, 4_001, B));
    assertAges(6_001, 3_000, 3_000);
  }

  @Test
  void aSessionWhoseHolderWentIsAsOldAsItsNewestChange() {
    reached(changed(KEY, 1_001, B), B, true);
    reached(changed(KEY, 2_001, B), B, true);
    assertThat(read(C, 5_001).unreplicatedSeconds(context)).isEqualTo(3_000 / 1e9);
    assertThat(read(C, 5_001).unconfirmedSeconds(context)).isEqualTo(3_000 / 1e9);
  }

  @Test
  void whatIsLearntOfAnOlderChangeSaysNothingOfTheNewest() {
    long older = changed(KEY, 1, B);
    table.sending(older, B);
    long newest = changed(KEY, 3, B);
    table.sending(newest, C);
    table.handedOver(older, B, true);
    table.sent(older, 0);
    assertThat(table.isUnconfirmed(KEY, B | C)).isTrue();
    table.failed(newest, C, false);
    assertThat(read(B | C, 5).unreplicated(context)).as("still waits for others").isZero();
    table.sent(newest, 0);
    assertThat(read(B | C, 5).unreplicated(context)).isEqualTo(1);
    assertThat(table.missed(KEY, C)).isTrue();
    assertThat(table.missed(KEY, B)).isFalse();
  }

  @Test
  void changesAreToldApartBeyondTheRoundOfTheirNumbers() {
    long first = changed(KEY, 1, B);
    for (int i = 2; i <= 256; i++) {
      changed(KEY, i, B);
      table.handedOver(first, B, true);
      assertThat(table.isUnconfirmed(KEY, B)).as("change %d", i).isTrue();
    }
    for (int i = 257; i <= 1000; i++) {
      reached(changed(KEY, i, B), i % 2 == 0 ? B : C, true);
      assertThat(table.isUnconfirmed(KEY, i % 2 == 0 ? B : C)).as("change %d", i).isFalse();
      assertThat(table.isUnconfirmed(KEY, i % 2 == 0 ? C : B)).as("change %d", i).isTrue();
    }
    assertThat(read(0, 2_000).unreplicated(context)).isEqualTo(1);
  }

  @Test
  void anOldConfirmationIsNotTakenForThatOfAChangeWithTheSameNumber() {
    reached(changed(KEY, 1, B), B, true);
    for (int i = 2; i <= 600; i++) {
      reached(changed(KEY, i, B), B, false);
      assertThat(table.isUnconfirmed(KEY, B)).as("change %d", i).isTrue();
    }
  }

  @Test
  void aHandleOfASessionThatEndedMeansNothing() {
    long handle = changed(KEY, 1, B);
    table.remove(KEY);
    reached(handle, B, true);
    table.failed(handle, C, false);
    assertThat(table.isKnown(KEY)).isFalse();
    assertThat(read(B, 1).unconfirmed(context)).isZero();
  }

  @Test
  void aSessionThatIsBackIsNotConfirmedByWhatWasSentBefore() {
    long handle = changed(KEY, 1, B);
    table.released(KEY, B);
    assertThat(table.isKnown(KEY)).isFalse();
    changed(KEY, 1, B);
    reached(handle, B, true);
    assertThat(table.isUnconfirmed(KEY, B)).isTrue();
  }

  @Test
  void aContextThatEndsTakesItsSessionsAndNoOthers() {
    failedForAll(changed(KEY, 1, B));
    failedForAll(table.changed(KEY + 8, 255, 1, 0, B));
    assertThat(read(B, 1).unreplicated(context)).isEqualTo(1);
    assertThat(read(B, 1).unreplicated(another)).isEqualTo(1);
    table.sweep().removeContext(0);
    assertThat(read(B, 1).unreplicated(context)).isZero();
    assertThat(read(B, 1).unreplicated(another)).isEqualTo(1);
    assertThat(table.isKnown(KEY)).isFalse();
    assertThat(table.missed(KEY + 8, B)).isTrue();
  }

  @Test
  void aTransferThatFailsConcernsItsContextOnly() {
    reached(changed(KEY, 1, B), B, false);
    reached(table.changed(-8, 0, 1, 0, B), B, false);
    reached(table.changed(KEY + 8, 255, 1, 0, B), B, false);
    table.sweep().transferFailed(0, C);
    assertThat(table.missed(KEY, C)).isTrue();
    assertThat(table.missed(-8, C)).isTrue();
    assertThat(table.missed(KEY + 8, C)).isFalse();
  }

  @Test
  void aRetiredLifeLeavesNoTrace() {
    reached(changed(KEY, 1, B), B, true);
    failedForAll(changed(KEY + 8, 1, B));
    table.sweep().retire(B);
    assertThat(read(B, 1).unreplicated(context)).isEqualTo(2);
    assertThat(read(B, 1).unconfirmed(context)).isEqualTo(2);
    assertThat(table.missed(KEY + 8, B)).isFalse();
  }

  @Test
  void aFullTableLeavesOutWhatIsBeyondAndSaysSo() {
    table = new SessionTable(0);
    Random random = new Random(SEED);
    long recorded = 0;
    for (int i = 0; i < 300; i++) {
      long handle = changed(MemberKey.mix(random.nextLong()) & ~7, 1, B);
      failedForAll(handle);
      recorded += handle == 0 ? 0 : 1;
    }
    assertThat(table.saturated()).isTrue();
    assertThat(recorded).isBetween(50L, 64L);
    assertThat(read(B, 1).unreplicated(context)).isEqualTo(recorded);
  }

  @Test
  void aHundredThousandSessionsFindRoom() {
    table = new SessionTable(100_000);
    long seed = SessionKey.newSeed();
    Random random = new Random(SEED);
    for (int i = 0; i < 100_000; i++) {
      long key = SessionKey.of(seed, Long.toHexString(random.nextLong()) + random.nextLong());
      assertThat(changed(key, 1, B)).isNotZero();
    }
    assertThat(table.saturated()).isFalse();
    assertThat(read(B, 1).unconfirmed(context)).isEqualTo(100_000);
  }

  /** Both at the same moment, each session in turn: they must end in the same entry. */
  @Test
  void threadsThatAddTheSameSessionsLoseNothingAndMakeNoneTwice() throws Exception {
    int sessions = 20_000;
    table = new SessionTable(sessions);
    AtomicInteger arrived = new AtomicInteger();
    Threads.run(
        2,
        thread -> {
          for (int i = 1; i <= sessions; i++) {
            arrived.incrementAndGet();
            while (arrived.get() < 2 * i) {
              Thread.onSpinWait();
            }
            long handle = changed(MemberKey.mix(i) & ~7, 1, B | C);
            table.failed(handle, thread == 0 ? B : C, false);
            table.sent(handle, 0);
          }
          return thread;
        });
    SessionsAtRisk risk = read(B | C, 1);
    assertThat(risk.unreplicated(context)).isEqualTo(sessions);
    assertThat(risk.unconfirmed(context)).isEqualTo(sessions);
    for (int i = 1; i <= sessions; i++) {
      assertThat(table.missed(MemberKey.mix(i) & ~7, B)).as("session %d", i).isTrue();
      assertThat(table.missed(MemberKey.mix(i) & ~7, C)).as("session %d", i).isTrue();
      table.remove(MemberKey.mix(i) & ~7);
    }
    assertThat(read(0, 1).unconfirmed(context)).isZero();
  }

  @Test
  void threadsThatChangeTheirSessionsConfirmEach() throws Exception {
    Threads.run(
        4,
        thread -> {
          for (int i = 0; i < 20_000; i++) {
            reached(changed(KEY + thread * 8L, 1, B), B, true);
          }
          return thread;
        });
    assertThat(read(B, 1).unconfirmed(context)).isZero();
    assertThat(read(0, 1).unreplicated(context)).isEqualTo(4);
  }
}
