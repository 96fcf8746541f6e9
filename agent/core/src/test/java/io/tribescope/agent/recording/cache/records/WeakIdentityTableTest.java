package io.tribescope.agent.recording.cache.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

  /** Only who has time for it looks whether there is room again. */
  @Test
  void staysFullUntilRoomIsSought() {
    WeakIdentityTable<Integer> table = new WeakIdentityTable<>(2);
    List<Object> keys = new ArrayList<>(List.of(new Object(), new Object()));
    keys.forEach(key -> table.add(key, 1));
    Object another = new Object();
    assertThat(table.add(another, 2)).isFalse();
    table.seekRoom();
    assertThat(table.isFull()).isTrue();

    keys.remove(0);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (table.values().size() == 2) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      System.gc();
    }
    assertThat(table.isFull()).isTrue();
    table.seekRoom();
    assertThat(table.isFull()).isFalse();
    assertThat(table.add(another, 2)).isTrue();
    assertThat(table.get(another)).isEqualTo(2);
    assertThat(keys).hasSize(1);
  }
}
