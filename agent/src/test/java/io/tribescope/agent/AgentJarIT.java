package io.tribescope.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The finished jar: what is in it, and what a JVM without a Tomcat sees of it. */
class AgentJarIT {
  private static final Path AGENT = Path.of(System.getProperty("tribescope.root"), "agent");
  private static final Path JAR = AGENT.resolve("target/tribescope-agent.jar").normalize();
  private static final int JAVA_8 = 52;

  @TempDir Path directory;

  private JarFile jar;

  @BeforeEach
  void open() throws IOException {
    jar = new JarFile(JAR.toFile());
  }

  @AfterEach
  void close() throws IOException {
    jar.close();
  }

  private List<String> entries(Predicate<String> wanted) {
    List<String> names = new ArrayList<>();
    for (JarEntry entry : Collections.list(jar.entries())) {
      if (!entry.isDirectory() && wanted.test(entry.getName())) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  private String text(String entry) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyClassRunsOnJava8() throws IOException {
    List<String> classes = entries(name -> name.endsWith(".class") || name.endsWith(".classdata"));
    assertThat(classes).hasSizeGreaterThan(1000);
    List<String> newer = new ArrayList<>();
    for (String name : classes) {
      try (DataInputStream in = new DataInputStream(jar.getInputStream(jar.getEntry(name)))) {
        assertThat(in.readInt()).as(name).isEqualTo(0xCAFEBABE);
        in.readUnsignedShort();
        if (in.readUnsignedShort() > JAVA_8) {
          newer.add(name);
        }
      }
    }
    assertThat(newer).isEmpty();
  }

  @Test
  void applicationsSeeTheBridgeAndTheGateAndNoOtherClass() {
    Set<String> packages = new TreeSet<>();
    for (String name : entries(name -> name.endsWith(".class"))) {
      packages.add(name.substring(0, name.lastIndexOf('/')));
    }
    assertThat(packages)
        .containsExactly("io/tribescope/agent/bridge", "io/tribescope/agent/premain");
  }

  /** A service file or a log configuration in the root would be an application's, too. */
  @Test
  void theRootHoldsNothingElse() {
    assertThat(entries(name -> !name.startsWith("isolated/") && !name.endsWith(".class")))
        .containsExactlyInAnyOrder(
            "META-INF/MANIFEST.MF",
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/THIRD-PARTY-LICENSES");
  }

  @Test
  void theJarHasNoVersionsForNewerJavas() {
    assertThat(entries(name -> name.contains("META-INF/versions/"))).isEmpty();
    assertThat(entries(name -> name.contains("module-info"))).isEmpty();
  }

  @Test
  void theManifestNamesPremainAndNothingThatReachesFurther() throws IOException {
    var manifest = jar.getManifest().getMainAttributes();
    assertThat(manifest.getValue("Premain-Class")).isEqualTo("io.tribescope.agent.premain.Premain");
    assertThat(manifest.getValue("Implementation-Version")).isNotBlank();
    assertThat(manifest.getValue("Boot-Class-Path")).isNull();
    assertThat(manifest.getValue("Class-Path")).isNull();
  }

  @Test
  void ourLicenceAndTheNoticesOfAllAreThere() throws IOException {
    assertThat(text("META-INF/LICENSE"))
        .isEqualTo(Files.readString(AGENT.resolve("../LICENSE")))
        .contains("Apache License", "Version 2.0");
    assertThat(text("META-INF/NOTICE")).contains("Tribescope", "Rafael Winterhalter", "Micrometer");
  }

  /** Every package that is nested stands under the Apache License, or its licence is given. */
  @ParameterizedTest
  @CsvSource({
    "org/slf4j/, SLF4J, QOS.ch",
    "net/bytebuddy/jar/asm/, ASM, INRIA",
    "org/HdrHistogram/, HdrHistogram, Gil Tene",
    "io/prometheus/metrics/shaded/com_google_protobuf, Protocol Buffers, Google Inc.",
  })
  void theLicenceOfAnotherKindIsThereWhenItsLibraryIs(String where, String name, String holder)
      throws IOException {
    String licences = text("META-INF/THIRD-PARTY-LICENSES");
    boolean nested = !entries(entry -> entry.startsWith("isolated/" + where)).isEmpty();
    assertThat(licences.contains("\n" + name + " (")).isEqualTo(nested);
    assertThat(licences.contains(holder)).isEqualTo(nested);
  }

  @Test
  void noLibraryIsNestedWhoseLicenceIsNotKnown() {
    assertThat(entries(name -> name.endsWith(".classdata")))
        .allMatch(
            name ->
                name.matches(
                    "isolated/(io/tribescope/(agent|metrics)|io/micrometer|io/prometheus|net/bytebuddy"
                        + "|org/slf4j|org/HdrHistogram|org/snakeyaml)/.*"));
  }

  @Test
  void aJvmWithoutATomcatLoadsTheGateOnly() throws Exception {
    Path log = directory.resolve("classes.log");
    Run run = java("-javaagent:" + JAR + "=port=0", "-Xlog:class+load:file=" + log.getFileName());
    assertThat(run).isEqualTo(new Run(0, "", ""));
    Set<String> ours = new TreeSet<>();
    List<String> lines = Files.readAllLines(log);
    for (String line : lines) {
      for (String word : line.split(" ", -1)) {
        if (word.startsWith("io.tribescope.")) {
          ours.add(word);
        }
      }
    }
    assertThat(ours)
        .containsExactly(
            "io.tribescope.agent.EmptyMain",
            "io.tribescope.agent.premain.Gate",
            "io.tribescope.agent.premain.Jvm",
            "io.tribescope.agent.premain.Premain");
    assertThat(lines)
        .noneMatch(
            line ->
                line.contains("net.bytebuddy")
                    || line.contains(" java.util.logging.")
                    || line.contains(" javax.management."));
  }

  @Test
  void aSecondAgentStaysOutAndSaysSoInOneLine() throws Exception {
    Run run = java("-javaagent:" + JAR, "-javaagent:" + JAR);
    assertThat(run)
        .isEqualTo(
            new Run(
                0,
                "",
                "[tribescope] this JVM already has a Tribescope agent; the second one stays out\n"));
  }

  @Test
  void badOptionsChangeNothingForAJvmWithoutATomcat() throws Exception {
    assertThat(java("-javaagent:" + JAR + "=port=x,,=,nonsense")).isEqualTo(new Run(0, "", ""));
  }

  private record Run(int exit, String out, String err) {}

  /** Runs a JVM that does nothing. */
  private Run java(String... options) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Collections.addAll(command, options);
    Collections.addAll(
        command, "-cp", AGENT.resolve("target/test-classes").toString(), EmptyMain.class.getName());
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running after a minute: " + command);
    }
    return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
  }
}
