package io.tribescope.agent.recording.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.sessions.SessionEntries;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LivesTest {
  private final List<Long> retired = new ArrayList<>();
  private final Lives lives = new Lives(retired::add);
  private final List<PeerRecord> peers = new ArrayList<>();

  private PeerRecord admit(boolean inView) {
    PeerRecord peer = new PeerRecord(peers.size() + 1, "10.0.0.2:" + peers.size(), 0);
    peer.reconcile(inView, 0, 0);
    peers.add(peer);
    begin(peer);
    return peer;
  }

  private void begin(PeerRecord peer) {
    lives.begin(peer);
  }

  @Test
  void fiftyFiveMembersAreToldApart() {
    Set<Long> bits = new HashSet<>();
    for (int i = 0; i < 55; i++) {
      long bit = admit(true).life();
      assertThat(Long.bitCount(bit)).isEqualTo(1);
      assertThat(bit).isPositive().isLessThan(SessionEntries.QUEUED);
      bits.add(bit);
    }
    assertThat(bits).hasSize(55);
    assertThat(retired).isEmpty();
    assertThat(lives.saturated()).isFalse();
  }

  @Test
  void theNextAtOnceGetsNoneAndThatIsSaid() {
    for (int i = 0; i < 55; i++) {
      admit(true);
    }
    assertThat(admit(true).life()).isZero();
    assertThat(lives.saturated()).isTrue();
    assertThat(retired).isEmpty();
  }

  @Test
  void aLifeThatIsOverIsKeptUntilAllOthersAreTaken() {
    PeerRecord restarted = admit(true);
    long first = restarted.life();
    begin(restarted);
    for (int i = 2; i < 55; i++) {
      assertThat(admit(true).life()).isNotEqualTo(first);
    }
    assertThat(retired).isEmpty();
    assertThat(admit(true).life()).isEqualTo(first);
    assertThat(retired).containsExactly(first);
    assertThat(lives.saturated()).isFalse();
  }

  @Test
  void theLifeOfOneThatIsAwayGoesToAnotherWhenNoneIsOver() {
    PeerRecord away = admit(false);
    long bit = away.life();
    for (int i = 1; i < 55; i++) {
      admit(true);
    }
    assertThat(admit(true).life()).isEqualTo(bit);
    assertThat(away.life()).isZero();
    assertThat(retired).containsExactly(bit);
    assertThat(admit(true).life()).isZero();
  }

  @Test
  void aThousandRestartsNeedNoMore() {
    PeerRecord steady = admit(true);
    PeerRecord restarting = admit(true);
    for (int i = 0; i < 1000; i++) {
      begin(restarting);
      assertThat(restarting.life()).isNotZero().isNotEqualTo(steady.life());
    }
    assertThat(lives.saturated()).isFalse();
    assertThat(retired).hasSize(1000 - 53).doesNotContain(steady.life());
  }
}
