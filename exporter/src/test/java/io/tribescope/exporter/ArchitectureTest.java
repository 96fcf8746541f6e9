package io.tribescope.exporter;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "io.tribescope.exporter",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("source")
          .definedBy("..exporter.source..")
          .layer("model")
          .definedBy("..exporter.model..")
          .layer("verdict")
          .definedBy("..exporter.verdict..")
          .layer("metrics")
          .definedBy("..exporter.metrics..")
          .layer("http")
          .definedBy("..exporter.http..")
          .layer("command")
          .definedBy("..exporter.command..")
          .whereLayer("command")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("http")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("metrics")
          .mayOnlyBeAccessedByLayers("http")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("verdict")
          .mayOnlyBeAccessedByLayers("metrics");

  @ArchTest
  static final ArchRule MODEL_AND_VERDICT_ARE_PURE =
      noClasses()
          .that()
          .resideInAnyPackage("..exporter.model..", "..exporter.verdict..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.net..",
              "java.io..",
              "java.nio..",
              "javax..",
              "com.sun..",
              "org.slf4j..",
              "io.prometheus..",
              "picocli..");

  @ArchTest
  static final ArchRule ONLY_METRICS_AND_HTTP_KNOW_HOW_METRICS_ARE_MADE =
      noClasses()
          .that()
          .resideOutsideOfPackages("..exporter.metrics..", "..exporter.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..", "io.tribescope.metrics..");

  @ArchTest
  static final ArchRule ONLY_HTTP_KNOWS_THE_SERVER =
      noClasses()
          .that()
          .resideOutsideOfPackage("..exporter.http..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.sun.net.httpserver..");
}
