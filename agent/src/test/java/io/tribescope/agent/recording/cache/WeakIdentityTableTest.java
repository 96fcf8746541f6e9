package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WeakIdentityTableTest {
  @Test
  void keepsEachByItsIdentityUpToItsLimit() {
    WeakIdentityTable<Integer> table = new WeakIdentityTable<>(100);
    List<Object> keys = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      // Equal, and yet each is another.
      keys.add(new String("key"));
      assertThat(table.add(keys.get(i), i)).isTrue();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(table.get(keys.get(i))).isEqualTo(i);
    }
    assertThat(table.get("key")).isNull();
    assertThat(table.saturated()).isFalse();
    assertThat(table.isFull()).isFalse();
    assertThat(table.add("key", 100)).isFalse();
    assertThat(table.saturated()).isTrue();
    assertThat(table.isFull()).isTrue();
  }
}
