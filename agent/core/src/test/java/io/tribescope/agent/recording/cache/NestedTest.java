package io.tribescope.agent.recording.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

  @Test
  void eachCallHasItsOwnNotesAndFindsThemAgain() {
    nested.enter();
    Object outer = nested.current();
    nested.enter();
    Object inner = nested.current();
    assertThat(inner).isNotSameAs(outer);
    assertThat(nested.leave()).isSameAs(inner);
    assertThat(nested.leave()).isSameAs(outer);
    nested.enter();
    assertThat(nested.leave()).isSameAs(outer);
  }

  /** A level that was lost for good would let all later calls of the thread go by. */
  @Test
  void aCallForWhoseNotesThereWasNoMemoryEndsAsAnyOther() {
    nested.enter();
    Object outer = nested.current();
    memory = false;
    assertThatThrownBy(nested::enter).isInstanceOf(OutOfMemoryError.class);
    assertThat(nested.isSeen()).isFalse();
    assertThat(nested.leave()).isNotSameAs(outer);
    assertThat(nested.isSeen()).isTrue();
    assertThat(nested.leave()).isSameAs(outer);

    memory = true;
    nested.enter();
    nested.enter();
    assertThat(nested.isSeen()).isTrue();
  }
}
