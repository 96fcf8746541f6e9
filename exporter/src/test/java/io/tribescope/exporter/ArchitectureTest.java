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
          .layer("face")
          .definedBy("..exporter.face..")
          .layer("command")
          .definedBy("..exporter.command..")
          .whereLayer("command")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("face")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("source")
          .mayOnlyBeAccessedByLayers("command")
          .whereLayer("verdict")
          .mayOnlyBeAccessedByLayers("face", "command");

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
  static final ArchRule ONLY_THE_FACE_KNOWS_PROMETHEUS =
      noClasses()
          .that()
          .resideOutsideOfPackage("..exporter.face..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.prometheus..", "com.sun.net.httpserver..");
}
