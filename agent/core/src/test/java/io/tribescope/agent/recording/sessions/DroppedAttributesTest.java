package io.tribescope.agent.recording.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.WovenCalls;
import io.tribescope.agent.recording.receipts.WallClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DroppedAttributesTest {
  private final Recorder recorder = new Recorder(new WallClock(), cluster -> {});
  private final WovenCalls woven = new WovenCalls(recorder);
  private final DroppedAttributes dropped = recorder.droppedAttributes();

  /** Held by this test, as Tomcat holds those of running webapps. */
  private final List<ClassLoader> held = new ArrayList<>();

  private ClassLoader loader() {
    held.add(new ClassLoader() {});
    return held.get(held.size() - 1);
  }

  @Test
  void eachApplicationHasItsOwnCounts() {
    ClassLoader shop = loader();
    ClassLoader reports = loader();
    woven.attributeDropped(shop, "shop.Cart");
    woven.attributeDropped(reports, "shop.Cart");
    woven.attributeDropped(shop, "shop.Cart");
    woven.attributeDropped(shop, "shop.Wish");
    assertThat(dropped.all()).hasSize(2);
    assertThat(dropped.all().get(0).loader()).isSameAs(shop);
    assertThat(dropped.all().get(0).byClass()).isEqualTo(Map.of("shop.Cart", 2L, "shop.Wish", 1L));
    assertThat(dropped.all().get(1).loader()).isSameAs(reports);
    assertThat(dropped.all().get(1).byClass()).isEqualTo(Map.of("shop.Cart", 1L));
  }

  @Test
  void anApplicationThatIsGoneIsForgotten() {
    ClassLoader shop = loader();
    woven.attributeDropped(shop, "shop.Cart");
    woven.attributeDropped(loader(), "shop.Cart");
    assertThat(dropped.all()).hasSize(2);
    held.remove(1);
    long deadline = System.nanoTime() + 10_000_000_000L;
    while (dropped.all().size() > 1 && System.nanoTime() < deadline) {
      System.gc();
    }
    assertThat(dropped.all()).hasSize(1);
    assertThat(dropped.all().get(0).loader()).isSameAs(shop);
  }

  @Test
  void whatIsOneTooManyIsNotCountedAndSaidToBe() {
    for (int i = 0; i < 256; i++) {
      woven.attributeDropped(loader(), "shop.Cart");
    }
    assertThat(dropped.saturated()).isFalse();
    woven.attributeDropped(loader(), "shop.Cart");
    woven.attributeDropped(held.get(255), "shop.Cart");
    assertThat(dropped.saturated()).isTrue();
    assertThat(dropped.all()).hasSize(256);
    assertThat(dropped.all().get(255).byClass()).isEqualTo(Map.of("shop.Cart", 2L));
  }

  @Test
  void fiftyClassesAreNamedAndTheRestIsOther() {
    ClassLoader shop = loader();
    for (int i = 1; i <= 52; i++) {
      woven.attributeDropped(shop, "shop.Item" + i);
    }
    woven.attributeDropped(shop, "a".repeat(201));
    assertThat(dropped.all().get(0).byClass())
        .hasSize(51)
        .containsEntry("shop.Item50", 1L)
        .containsEntry("other", 3L);
  }
}
