package io.tribescope.agent.recording.messages;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import io.tribescope.agent.recording.members.MemberKey;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
  private static final long SEED = 20_260_401L;

  @Test
  void anIdIsNewOnce() {
    RecentIds ids = new RecentIds();
    assertThat(ids.remember(42)).isTrue();
    assertThat(ids.remember(42)).isFalse();
    assertThat(ids.remember(43)).isTrue();
    assertThat(ids.remember(42)).isFalse();
  }

  @Test
  void idsOfOneSetAreTakenUpToFour() {
    RecentIds ids = new RecentIds(16);
    for (long id : new long[] {16, 32, 48, 64}) {
      assertThat(ids.remember(id)).isTrue();
    }
    for (long id : new long[] {16, 32, 48, 64}) {
      assertThat(ids.remember(id)).isFalse();
    }
  }

  @Test
  void aFullSetForgetsItsOldestId() {
    RecentIds ids = new RecentIds(16);
    for (long id : new long[] {16, 32, 48, 64, 80}) {
      assertThat(ids.remember(id)).isTrue();
    }
    for (long id : new long[] {32, 48, 64, 80}) {
      assertThat(ids.remember(id)).isFalse();
    }
    assertThat(ids.remember(16)).isTrue();
  }

  /** A resend comes within seconds; a thousand messages later it must still be known. */
  @Test
  void aResendIsKnownAThousandMessagesLater() {
    Random random = new Random(SEED);
    RecentIds ids = new RecentIds();
    long[] sent = new long[50_000];
    for (int i = 0; i < sent.length; i++) {
      sent[i] = MemberKey.mix(random.nextLong());
      assertThat(ids.remember(sent[i])).as("seed %d, id %d", SEED, i).isTrue();
      if (i >= 1000) {
        assertThat(ids.remember(sent[i - 1000])).as("seed %d, resend of %d", SEED, i).isFalse();
      }
    }
  }

  /** Two requests of a browser's at once are one failover. */
  @Test
  void ofTwoThreadsThatBringTheSameIdOneFindsItNew() throws Exception {
    RecentIds ids = new RecentIds();
    AtomicInteger arrived = new AtomicInteger();
    int found =
        Threads.run(
                2,
                thread -> {
                  int news = 0;
                  for (int i = 1; i <= 50_000; i++) {
                    arrived.incrementAndGet();
                    while (arrived.get() < 2 * i) {
                      Thread.onSpinWait();
                    }
                    news += ids.remember(MemberKey.mix(i)) ? 1 : 0;
                  }
                  return news;
                })
            .stream()
            .mapToInt(Integer::intValue)
            .sum();
    assertThat(found).isEqualTo(50_000);
  }

  @Test
  void twoThreadsThatBringDifferentIdsFindEachNew() throws Exception {
    RecentIds ids = new RecentIds();
    for (Set<Long> taken :
        Threads.run(
            2,
            thread -> {
              Set<Long> found = new HashSet<>();
              for (int i = 1; i <= 5000; i++) {
                long id = MemberKey.mix(thread * 1_000_000L + i);
                if (ids.remember(id)) {
                  found.add(id);
                }
              }
              return found;
            })) {
      assertThat(taken).hasSize(5000);
    }
  }
}
