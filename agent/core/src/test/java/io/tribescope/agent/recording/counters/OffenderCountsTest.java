package io.tribescope.agent.recording.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffenderCountsTest {
  private static final StackTraceElement[] JAVAS_OWN = {
    new StackTraceElement("java.io.ObjectOutputStream", "writeObject0", "x", 1)
  };

  private final OffenderCounts counts = new OffenderCounts();

  private static final class Cart {}

  private static final class Talkative implements Serializable {
    private static final long serialVersionUID = 1;

    private void writeObject(ObjectOutputStream out) throws NotSerializableException {
      throw new NotSerializableException("customer 4711");
    }
  }

  private static Throwable serialize(Object value) {
    return catchThrowable(
        () -> new ObjectOutputStream(new ByteArrayOutputStream()).writeObject(value));
  }

  private static Throwable javas(String message) {
    NotSerializableException failure = new NotSerializableException(message);
    failure.setStackTrace(JAVAS_OWN);
    return failure;
  }

  @Test
  void theClassIsThatOfTheValueNotOfWhatHoldsIt() {
    List<Object> attribute = new ArrayList<>();
    attribute.add(new Cart());
    counts.failed(serialize(attribute));
    counts.failed(serialize(new Cart()));
    assertThat(counts.counts()).isEqualTo(Map.of(Cart.class.getName(), 2L));
  }

  /** With -Dsun.io.serialization.extendedDebugInfo the way to the value follows. */
  @Test
  void theWayToTheValueIsLeftOut() {
    counts.failed(javas("shop.Cart\n\t- element of array (index: 0)"));
    assertThat(counts.counts()).isEqualTo(Map.of("shop.Cart", 1L));
  }

  @Test
  void whatAnApplicationSaysIsNeverPublished() {
    counts.failed(serialize(new Talkative()));
    counts.failed(new NotSerializableException("customer 4711"));
    counts.failed(new IllegalStateException("customer 4711"));
    counts.failed(new StackOverflowError());
    assertThat(counts.counts()).isEqualTo(Map.of("other", 4L));
  }

  @Test
  void whatHasNoStackTraceOrNoNameIsOther() {
    NotSerializableException bare = new NotSerializableException("shop.Cart");
    bare.setStackTrace(new StackTraceElement[0]);
    counts.failed(bare);
    NotSerializableException nameless = new NotSerializableException();
    nameless.setStackTrace(JAVAS_OWN);
    counts.failed(nameless);
    assertThat(counts.counts()).isEqualTo(Map.of("other", 2L));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 201})
  void aNameBeyondTwoHundredCharactersIsOther(int length) {
    String name = "a".repeat(length);
    counts.failed(javas(name));
    assertThat(counts.counts()).containsOnlyKeys(length <= 200 ? name : "other");
  }

  @Test
  void fiftyClassesAreNamedAndTheRestIsOther() {
    counts.failed(new IllegalStateException());
    for (int i = 1; i <= 52; i++) {
      counts.failed(javas("shop.Item" + i));
    }
    counts.failed(javas("shop.Item50"));
    Map<String, Long> all = counts.counts();
    assertThat(all).hasSize(51).containsEntry("shop.Item49", 1L);
    assertThat(all).containsEntry("shop.Item50", 2L).containsEntry("other", 3L);
    assertThat(all).doesNotContainKey("shop.Item51");
  }
}
