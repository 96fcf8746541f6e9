package io.tribescope.agent.recording.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

class ContextsTest {
  private final Contexts contexts = new Contexts();

  private ContextRecord add(String name, Object manager) {
    return Objects.requireNonNull(contexts.add(name, manager, "node1"));
  }

  @Test
  void aContextIsFoundByItsNameUntilItGoes() {
    ContextRecord added = add("localhost#/app", this);
    assertThat(contexts.find("localhost#/app")).isSameAs(added);
    assertThat(contexts.find("localhost#/other")).isNull();
    assertThat(contexts.find(null)).isNull();
    assertThat(contexts.at(added.index())).isSameAs(added);
    assertThat(contexts.remove("localhost#/app")).isSameAs(added);
    assertThat(contexts.find("localhost#/app")).isNull();
    assertThat(contexts.at(added.index())).isNull();
    assertThat(contexts.all()).isEmpty();
    assertThat(contexts.remove("localhost#/app")).isNull();
  }

  @Test
  void aManagerKeepsItsRecordAndAnotherOfTheSameNameGetsItsOwn() {
    ContextRecord first = add("localhost#/app", this);
    assertThat(add("localhost#/app", this)).isSameAs(first);
    ContextRecord second = add("localhost#/app", new Object());
    assertThat(second).isNotSameAs(first);
    assertThat(contexts.all()).containsExactly(second);
  }

  @Test
  void the257thContextFindsNoRoom() {
    for (int i = 0; i < 256; i++) {
      assertThat(add("localhost#/" + i, this).index()).isEqualTo(i);
    }
    assertThat(contexts.saturated()).isFalse();
    assertThat(contexts.add("localhost#/256", this, "node1")).isNull();
    assertThat(contexts.saturated()).isTrue();
    assertThat(contexts.all()).hasSize(256);
    for (int i = 0; i < 256; i++) {
      assertThat(Objects.requireNonNull(contexts.find("localhost#/" + i)).index()).isEqualTo(i);
    }
    contexts.remove("localhost#/100");
    assertThat(add("localhost#/256", this).index()).isEqualTo(100);
  }
}
