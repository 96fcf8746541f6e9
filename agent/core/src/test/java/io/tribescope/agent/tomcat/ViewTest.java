package io.tribescope.agent.tomcat;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewTest {
  private static View view(FakeChannel channel) throws ReflectiveOperationException {
    return requireNonNull(View.of(channel));
  }

  private static FakeChannel node(int number) {
    return new FakeChannel().local("10.0.0." + number, 4000);
  }

  @Test
  void everyNodeOfOneViewHasTheSameHashInAnyOrder() throws ReflectiveOperationException {
    long first = view(node(1).with("10.0.0.2", 4000, 1).with("10.0.0.3", 4000, 1)).hash();
    long second = view(node(2).with("10.0.0.3", 4000, 7).with("10.0.0.1", 4000, 9)).hash();
    long third = view(node(3).with("10.0.0.1", 4000, 3).with("10.0.0.2", 4000, 3)).hash();
    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
  }

  @Test
  void aGhostDoesNotChangeTheHash() throws ReflectiveOperationException {
    View plain = view(node(1).with("10.0.0.2", 4000, 1));
    View haunted = view(node(1).with("10.0.0.2", 4000, 1).with("10.0.0.2", 4000, 2));
    assertThat(haunted.hash()).isEqualTo(plain.hash());
    assertThat(haunted.size()).isEqualTo(2);
    assertThat(haunted.ghosts()).isEqualTo(1);
    assertThat(plain.ghosts()).isZero();
  }

  @Test
  void anotherSetOfAddressesHasAnotherHash() throws ReflectiveOperationException {
    List<FakeChannel> different =
        List.of(
            node(1),
            node(2),
            new FakeChannel().local("10.0.0.1", 4001),
            new FakeChannel().local("2001:db8::1", 4000),
            node(1).with("10.0.0.2", 4000, 1),
            node(1).with("10.0.0.3", 4000, 1),
            node(1).with("10.0.0.2", 4001, 1),
            node(1).with("10.0.0.2", 4000, 1).with("10.0.0.3", 4000, 1));
    Set<Long> hashes = new HashSet<>();
    for (FakeChannel channel : different) {
      hashes.add(view(channel).hash());
    }
    assertThat(hashes).hasSize(different.size());
  }

  @Test
  void everyHashIsExactAsADouble() throws ReflectiveOperationException {
    List<Long> hashes = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      hashes.add(view(node(i).with("10.0.1.1", 4000, 1)).hash());
    }
    assertThat(hashes).allMatch(hash -> hash >= 0 && hash < 1L << 53).doesNotHaveDuplicates();
    assertThat(hashes).anyMatch(hash -> hash > 1L << 52);
  }

  @Test
  void aNodeAloneSeesItself() throws ReflectiveOperationException {
    View alone = view(node(1));
    assertThat(alone.size()).isEqualTo(1);
    assertThat(alone.ghosts()).isZero();
    assertThat(alone.localName()).isEqualTo("10.0.0.1:4000");
  }

  @Test
  void aChannelThatDoesNotRunHasNoView() throws ReflectiveOperationException {
    assertThat(View.of(new FakeChannel())).isNull();
  }

  @Test
  void loopbackIsAProblemAmongOthersOnly() throws ReflectiveOperationException {
    FakeChannel channel = new FakeChannel().local("127.0.0.1", 4000);
    assertThat(view(channel).announcesLoopbackAmongOthers()).isFalse();
    assertThat(view(channel.with("127.0.0.1", 4001, 1)).announcesLoopbackAmongOthers()).isFalse();
    assertThat(view(channel.with("10.0.0.2", 4000, 1)).announcesLoopbackAmongOthers()).isTrue();
    assertThat(view(node(1).with("127.0.0.1", 4000, 1)).announcesLoopbackAmongOthers()).isFalse();
  }

  /** Debian resolves a host's own name to 127.0.1.1, on every host. */
  @Test
  void theSameLoopbackAsAnotherMembersIsAProblem() throws ReflectiveOperationException {
    FakeChannel channel = new FakeChannel().local("127.0.1.1", 4000);
    assertThat(view(channel.with("127.0.1.1", 4000, 1)).announcesLoopbackAmongOthers()).isTrue();
  }

  @Test
  void aWildcardIsSeen() throws ReflectiveOperationException {
    assertThat(view(new FakeChannel().local("0.0.0.0", 4000)).announcesWildcard()).isTrue();
    assertThat(view(new FakeChannel().local("::", 4000)).announcesWildcard()).isTrue();
    assertThat(view(node(1)).announcesWildcard()).isFalse();
  }
}
