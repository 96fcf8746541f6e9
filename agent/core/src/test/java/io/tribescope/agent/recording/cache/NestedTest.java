package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tribescope.agent.bridge.Notes;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class NestedTest {
  private boolean memory = true;

  private final Nested<Object> nested =
      new Nested<>(
          () -> {
            if (!memory) {
              throw new OutOfMemoryError("of the test");
            }
            return new Object();
          });

  private Object enter() {
    return Objects.requireNonNull(nested.enter());
  }

  @Test
  void eachCallHasItsOwnNotesAndFindsThemAgain() {
    Object outer = enter();
    Notes outerCall = nested.begun();
    assertThat(nested.current()).isSameAs(outer);
    Object inner = enter();
    Notes innerCall = nested.begun();
    assertThat(nested.current()).isSameAs(inner).isNotSameAs(outer);
    assertThat(nested.leave(innerCall)).isSameAs(inner);
    assertThat(nested.current()).isSameAs(outer);
    assertThat(nested.leave(outerCall)).isSameAs(outer);
    assertThat(enter()).isSameAs(outer);
  }

  /** A level that was lost for good would let all later calls of the thread go by. */
  @Test
  void aCallForWhoseNotesThereWasNoMemoryHidesTheOuterOneUntilItEnds() {
    Object outer = enter();
    Notes outerCall = nested.begun();
    memory = false;
    assertThatThrownBy(nested::enter).isInstanceOf(OutOfMemoryError.class);
    assertThat(nested.current()).isNotSameAs(outer);
    assertThat(nested.leave(null)).isNull();
    assertThat(nested.current()).isSameAs(outer);
    assertThat(nested.leave(outerCall)).isSameAs(outer);

    memory = true;
    enter();
    nested.begun();
    assertThat(nested.enter()).isNotNull();
  }

  /** One within a call that had no memory shares its notes. */
  @Test
  void aCallWithoutMemoryIsLeftAlsoWhereOneWithinItBegan() {
    Object outer = enter();
    Notes outerCall = nested.begun();
    memory = false;
    assertThatThrownBy(nested::enter).isInstanceOf(OutOfMemoryError.class);
    assertThat(nested.enter()).isNull();
    assertThat(nested.leave(nested.begun())).isNull();
    assertThat(nested.leave(null)).isNull();
    assertThat(nested.current()).isSameAs(outer);
    assertThat(nested.leave(outerCall)).isSameAs(outer);
  }

  @Test
  void aCallWhoseBeginFailedAfterItWasEnteredHidesTheOuterOneUntilItEnds() {
    Object outer = enter();
    Notes outerCall = nested.begun();
    Object unbegun = enter();
    assertThat(nested.current()).isSameAs(unbegun);
    // One within that has begun is none of its.
    enter();
    assertThat(nested.leave(nested.begun())).isNotNull();
    assertThat(nested.leave(null)).isNull();
    assertThat(nested.current()).isSameAs(outer);
    assertThat(nested.leave(outerCall)).isSameAs(outer);
  }

  @Test
  void theEndOfACallWhoseBeginFailedBeforeItWasEnteredLeavesAll() {
    Object outer = enter();
    Notes outerCall = nested.begun();
    assertThat(nested.leave(null)).isNull();
    assertThat(nested.current()).isSameAs(outer);
    assertThat(nested.leave(outerCall)).isSameAs(outer);
    assertThat(nested.leave(null)).isNull();
    assertThat(enter()).isSameAs(outer);
  }

  @Test
  void whatDidNotEndEndsWithTheOuterOne() {
    Object outer = enter();
    Notes outerCall = nested.begun();
    for (int depth = 1; depth < 4; depth++) {
      enter();
      nested.begun();
    }
    for (int beyond = 0; beyond < 3; beyond++) {
      assertThat(nested.enter()).isNull();
      nested.begun();
    }
    assertThat(nested.leave(outerCall)).isSameAs(outer);
    assertThat(enter()).isSameAs(outer);
  }

  @Test
  void tooDeepOnesComeBackToTheDeepestThatIsSeen() {
    Object deepest = new Object();
    for (int depth = 0; depth < 4; depth++) {
      deepest = enter();
      nested.begun();
    }
    assertThat(nested.enter()).isNull();
    Notes fifth = nested.begun();
    assertThat(nested.enter()).isNull();
    Notes sixth = nested.begun();
    assertThat(nested.leave(sixth)).isNull();
    assertThat(nested.current()).isNotSameAs(deepest);
    assertThat(nested.leave(fifth)).isNull();
    assertThat(nested.current()).isSameAs(deepest);
  }
}
