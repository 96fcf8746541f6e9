package io.tribescope.agent.recording.members;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Threads;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class PeerTableTest {
  private final PeerTable table = new PeerTable(new Lives(bit -> {}), () -> {});

  private static byte[] host(int number) {
    return new byte[] {10, 0, (byte) (number >> 8), (byte) number};
  }

  private PeerRecord find(int number) {
    PeerRecord found = table.find(MemberKey.of(host(number), 4000));
    return found == null ? new PeerRecord(-1, "none", 0) : found;
  }

  @Test
  void aPeerIsKnownOnceItIsAdmittedAndKeepsItsRecord() {
    assertThat(table.find(MemberKey.of(host(1), 4000))).isNull();
    PeerRecord peer = table.member(host(1), 4000);
    assertThat(peer.name()).isEqualTo("10.0.0.1:4000");
    assertThat(table.find(MemberKey.of(host(1), 4000))).isSameAs(peer);
    assertThat(table.member(host(1), 4000)).isSameAs(peer);
    assertThat(table.find(MemberKey.of(host(1), 4001))).isNull();
    assertThat(table.peers()).containsExactly(peer);
  }

  @Test
  void the257thAddressIsOther() {
    for (int i = 0; i < 256; i++) {
      assertThat(table.member(host(i), 4000)).isNotSameAs(table.other());
    }
    assertThat(table.saturated()).isFalse();
    assertThat(table.member(host(256), 4000)).isSameAs(table.other());
    assertThat(table.saturated()).isTrue();
    assertThat(table.peers()).hasSize(256).doesNotContain(table.other());
    for (int i = 0; i < 256; i++) {
      assertThat(find(i).name()).isEqualTo(MemberKey.name(host(i), 4000));
    }
  }

  @Test
  void aForgottenPeerLeavesItsPlaceToANewOne() {
    List<PeerRecord> admitted = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      admitted.add(table.member(host(i), 4000));
    }
    table.forget(Collections.singleton(admitted.get(17)));
    assertThat(table.find(MemberKey.of(host(17), 4000))).isNull();
    assertThat(find(18)).isSameAs(admitted.get(18));
    assertThat(table.member(host(256), 4000).name()).isEqualTo("10.0.1.0:4000");
  }

  /** An answer goes to whoever asked: addresses that name themselves must not fill the table. */
  @Test
  void the33rdDestinationThatIsNoMemberIsOtherAndMembersStillFindRoom() {
    for (int i = 0; i < 32; i++) {
      assertThat(destination(i)).isNotSameAs(table.other());
    }
    assertThat(destination(32)).isSameAs(table.other());
    assertThat(destination(31)).isNotSameAs(table.other());
    assertThat(table.member(host(40), 4000).name()).isEqualTo("10.0.0.40:4000");
    table.member(host(31), 4000);
    assertThat(destination(32)).isNotSameAs(table.other());
    assertThat(table.saturated()).isFalse();
  }

  private PeerRecord destination(int number) {
    return table.destination(MemberKey.of(host(number), 4000), host(number), 4000);
  }

  @RepeatedTest(20)
  void threadsThatAdmitTheSameAddressesGetTheSameRecords() throws Exception {
    List<List<PeerRecord>> seen =
        Threads.run(
            4,
            thread -> {
              List<PeerRecord> peers = new ArrayList<>();
              for (int i = 0; i < 200; i++) {
                peers.add(table.member(host(i), 4000));
                peers.get(i).duplicate(thread);
              }
              return peers;
            });
    assertThat(seen.get(1)).isEqualTo(seen.get(0));
    assertThat(seen.get(2)).isEqualTo(seen.get(0));
    assertThat(seen.get(3)).isEqualTo(seen.get(0));
    assertThat(table.peers()).hasSize(200);
    assertThat(table.peers()).allMatch(peer -> peer.duplicates() == 4);
  }
}
