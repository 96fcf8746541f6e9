package io.tribescope.exporter.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tribescope.metrics.Declared;
import io.tribescope.metrics.HelpRules;
import io.tribescope.metrics.MetricFamily;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics as a whole; their values have {@link ModJkSamplesTest}. */
class FamiliesTest {
  static List<MetricFamily> all() {
    return Declared.in(ModJkFamilies.class, ExporterFamilies.class);
  }

  /** 32 of the catalogue's mod_jk, and four of the exporter's own. */
  @Test
  void allAreFound() {
    assertThat(all()).hasSize(36).extracting(MetricFamily::name).doesNotHaveDuplicates();
  }

  @Test
  void noClassWithFamiliesIsForgotten() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.tribescope.exporter")
                    .stream()
                    .filter(FamiliesTest::declares)
                    .map(JavaClass::getSimpleName))
        .containsExactlyInAnyOrder("ModJkFamilies", "ExporterFamilies");
  }

  private static boolean declares(JavaClass owner) {
    return owner.getFields().stream()
        .anyMatch(field -> field.getRawType().isEquivalentTo(MetricFamily.class));
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysWhatItMeansAndWhatIsGood(MetricFamily family) {
    HelpRules.assertFulfilled(family);
    HelpRules.assertNamed(family);
  }
}
