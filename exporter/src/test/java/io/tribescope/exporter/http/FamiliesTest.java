package io.tribescope.exporter.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.exporter.metrics.Family;
import io.tribescope.exporter.metrics.ModJkFamilies;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics as a whole; their values have ModJkMetricsTest. */
class FamiliesTest {
  static Stream<Family> families() {
    return Stream.of(ModJkFamilies.class, Probes.class, Router.class)
        .flatMap(owner -> Stream.of(owner.getDeclaredFields()))
        .filter(field -> field.getType() == Family.class && Modifier.isStatic(field.getModifiers()))
        .map(FamiliesTest::value);
  }

  /** 32 of the catalogue's mod_jk, and four of the exporter's own. */
  @Test
  void allAreFound() {
    assertThat(families()).hasSize(36).extracting(Family::name).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("families")
  void saysWhatItMeansAndWhatIsGood(Family family) {
    assertThat(family.meaning()).as(family.name()).matches("[A-Z0-9].*\\.");
    assertThat(family.good()).as(family.name()).matches("[A-Za-z0-9].*\\.");
    assertThat(family.help()).as(family.name()).doesNotContain("..").doesNotContain("|");
  }

  private static Family value(Field field) {
    try {
      field.setAccessible(true);
      return (Family) field.get(null);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }
}
