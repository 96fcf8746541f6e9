package io.tribescope.agent.recording.counters;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LayoutTest {
  private enum Fruit {
    APPLE,
    PEAR
  }

  private enum Size {
    SMALL,
    MIDDLE,
    LARGE
  }

  private final Layout layout = new Layout();
  private final int before = layout.counter();
  private final Layout.Block<Fruit> fruits = layout.block(Fruit.class);
  private final Layout.Table<Fruit, Size> stock = layout.table(Fruit.class, Size.class);
  private final int took = layout.durations();
  private final int weighs = layout.sizes();
  private final Layout.Block<Fruit> ripens = layout.durations(Fruit.class);
  private final int row = layout.counters(2);
  private final Layout.Block<Fruit> others = layout.block(Fruit.class);
  private final int after = layout.counter();
  private final Cells cells = new Cells(layout);

  @Test
  void everyCounterHasAPlaceOfItsOwn() {
    cells.add(0, before, 1);
    cells.add(0, fruits.of(Fruit.APPLE), 2);
    cells.add(0, fruits.of(Fruit.PEAR), 3);
    int amount = 10;
    for (Fruit fruit : Fruit.values()) {
      for (Size size : Size.values()) {
        cells.add(0, stock.of(fruit, size), amount++);
      }
    }
    Durations.record(cells, 0, took, TimeUnit.MINUTES.toNanos(2));
    Sizes.record(cells, 0, weighs, 1);
    Sizes.record(cells, 0, weighs, Integer.MAX_VALUE);
    Durations.record(cells, 0, ripens.of(Fruit.APPLE), 1);
    Durations.record(cells, 0, ripens.of(Fruit.PEAR), 1);
    Durations.record(cells, 0, ripens.of(Fruit.PEAR), 1);
    cells.add(0, row, 7);
    cells.add(0, row + 1, 8);
    cells.add(0, others.of(Fruit.APPLE), 4);
    cells.add(0, others.of(Fruit.PEAR), 5);
    cells.add(0, after, 6);

    assertThat(cells.sum(before)).isEqualTo(1);
    assertThat(cells.sum(fruits.of(Fruit.APPLE))).isEqualTo(2);
    assertThat(cells.sum(fruits.of(Fruit.PEAR))).isEqualTo(3);
    amount = 10;
    for (Fruit fruit : Fruit.values()) {
      for (Size size : Size.values()) {
        assertThat(cells.sum(stock.of(fruit, size))).isEqualTo(amount++);
      }
    }
    assertThat(Durations.read(cells, took).number()).isEqualTo(1);
    assertThat(Durations.read(cells, took).sum()).isEqualTo(120);
    assertThat(Sizes.read(cells, weighs).sum()).isEqualTo(1.0 + Integer.MAX_VALUE);
    assertThat(Durations.read(cells, ripens.of(Fruit.APPLE)).number()).isEqualTo(1);
    assertThat(Durations.read(cells, ripens.of(Fruit.PEAR)).number()).isEqualTo(2);
    assertThat(cells.sum(row)).isEqualTo(7);
    assertThat(cells.sum(row + 1)).isEqualTo(8);
    assertThat(cells.sum(others.of(Fruit.APPLE))).isEqualTo(4);
    assertThat(cells.sum(others.of(Fruit.PEAR))).isEqualTo(5);
    assertThat(cells.sum(after)).isEqualTo(6);
  }

  @Test
  void aBlockIsEmptyUntilAnyOfItsCountersIsAddedTo() {
    cells.increment(3, fruits.of(Fruit.PEAR));
    assertThat(cells.anyOf(fruits)).isTrue();
    assertThat(cells.anyOf(others)).isFalse();
  }
}
