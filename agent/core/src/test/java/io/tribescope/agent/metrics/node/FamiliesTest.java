package io.tribescope.agent.metrics.node;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.ConfigProblems;
import io.tribescope.agent.metrics.caches.CacheFamilies;
import io.tribescope.agent.metrics.cluster.LagFamilies;
import io.tribescope.agent.metrics.cluster.MembershipFamilies;
import io.tribescope.agent.metrics.cluster.QueueFamilies;
import io.tribescope.agent.metrics.cluster.ReceiveFamilies;
import io.tribescope.agent.metrics.cluster.SendFamilies;
import io.tribescope.agent.metrics.sessions.FailoverFamilies;
import io.tribescope.agent.metrics.sessions.RequestFamilies;
import io.tribescope.agent.metrics.sessions.SessionFamilies;
import io.tribescope.agent.metrics.sessions.TransferFamilies;
import io.tribescope.metrics.Declared;
import io.tribescope.metrics.HelpRules;
import io.tribescope.metrics.MetricFamily;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's metrics as a whole. */
class FamiliesTest {
  /** Of a channel, in the order of the document. */
  static final Class<?>[] CLUSTER = {
    MembershipFamilies.class,
    ConfigProblems.class,
    SendFamilies.class,
    QueueFamilies.class,
    ReceiveFamilies.class,
    LagFamilies.class,
    SessionFamilies.class,
    RequestFamilies.class,
    FailoverFamilies.class,
    TransferFamilies.class,
  };

  static final Class<?>[] CACHES = {CacheFamilies.class};
  static final Class<?>[] DATA_SOURCES = {DataSourceFamilies.class};
  static final Class<?>[] AGENT = {AgentFamilies.class};

  static Stream<Class<?>> owners() {
    return Stream.of(CLUSTER, CACHES, DATA_SOURCES, AGENT).flatMap(Stream::of);
  }

  static List<MetricFamily> all() {
    return Declared.in(owners().toArray(Class<?>[]::new));
  }

  @Test
  void noClassWithFamiliesIsForgotten() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.tribescope.agent")
                    .stream()
                    .filter(FamiliesTest::declares)
                    .map(JavaClass::getName))
        .containsExactlyInAnyOrderElementsOf(owners().map(Class::getName).toList());
  }

  private static boolean declares(JavaClass owner) {
    return owner.getFields().stream()
        .anyMatch(field -> field.getRawType().isEquivalentTo(MetricFamily.class));
  }

  /** A metric that is declared and documented, and never published, tells nobody anything. */
  @Test
  void everyMetricIsPublishedSomewhere() {
    assertThat(
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.tribescope.agent")
                    .stream()
                    .flatMap(owner -> owner.getFields().stream())
                    .filter(field -> field.getRawType().isEquivalentTo(MetricFamily.class))
                    .filter(
                        field -> field.getAccessesToSelf().stream().noneMatch(read -> isGet(read)))
                    .map(field -> field.getFullName()))
        .as("declared, and no ...Samples adds them")
        .isEmpty();
  }

  private static boolean isGet(JavaFieldAccess access) {
    return access.getAccessType() == JavaFieldAccess.AccessType.GET;
  }

  @ParameterizedTest
  @MethodSource("all")
  void saysWhatItMeansAndWhatIsGood(MetricFamily family) {
    HelpRules.assertFulfilled(family);
    HelpRules.assertNamed(family);
  }

  /** A figure that hooks observe is left out with them, and costs what they do. */
  @ParameterizedTest
  @MethodSource("all")
  void costsNothingOnlyWhereNoHookIsNeeded(MetricFamily family) {
    assertThat(family.cost() == AgentCost.READ).isEqualTo(family.hooks().isEmpty());
  }

  @Test
  void namesAreUnique() {
    assertThat(all().stream().map(MetricFamily::name).collect(toSet())).hasSize(all().size());
  }
}
