package io.tribescope.testbed;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.Stream;

/** Which room of the test bed may know which; from the machine up to the bed, in no circle. */
@AnalyzeClasses(
    packages = "io.tribescope.testbed",
    importOptions = ImportOption.DoNotIncludeTests.class)
class RoomsTest {
  private static final String ROOT = "io.tribescope.testbed";

  @ArchTest static final ArchRule MACHINE = room("machine");
  @ArchTest static final ArchRule NETWORK = room("network", "machine");
  @ArchTest static final ArchRule CLIENTS = room("clients", "machine");
  @ArchTest static final ArchRule NODES = room("nodes", "machine", "network", "clients");
  @ArchTest static final ArchRule CACHES = room("caches", "machine", "network", "clients", "nodes");

  @ArchTest
  static final ArchRule PROMETHEUS = room("prometheus", "machine", "network", "clients", "nodes");

  @ArchTest
  static final ArchRule ONLY_THE_DEMO_KNOWS_THE_DEMO =
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + ".demo..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOT + ".demo..");

  /** Of the test bed, a room knows itself and those named, and nothing else. */
  private static ArchRule room(String name, String... known) {
    List<String> allowed =
        Stream.concat(Stream.of(name), Stream.of(known)).map(room -> ROOT + "." + room).toList();
    return noClasses()
        .that()
        .resideInAPackage(ROOT + "." + name)
        .should()
        .dependOnClassesThat(
            resideInAPackage(ROOT + "..")
                .and(not(resideInAnyPackage(allowed.toArray(String[]::new)))));
  }
}
