package io.tribescope.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompareOptionsTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("tribescope.root", ".."), "bench/compare");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rounds=0                   | --rounds: 0 is not within 1 and 50",
        "--rounds 51                  | --rounds: 51 is not within 1 and 50",
        "--rounds=ten                 | --rounds: 'ten' is no whole number",
        "--rounds=                    | --rounds: '' is no whole number",
        "--rounds                     | --rounds: its value is missing",
        "--others=-1                  | --others: -1 is not within 0 and 50",
        "--rounds 2 --others 3        | --others: 3 are more than the 2 of --rounds",
        "--seconds=0                  | --seconds: 0 is not within 1 and 600",
        "--warm-up=601                | --warm-up: 601 is not within 0 and 600",
        "--recording-samples=100001   | --recording-samples: 100001 is not within 0 and 100000",
        "--round 3                    | unknown option '--round'",
        "ten                          | unknown option 'ten'",
        "--output /no/such/page.md    | --output: /no/such/page.md is no file in a directory that exists",
        "--output /tmp                | --output: /tmp is no file in a directory that exists",
        "--agent old.jar              | --agent: 'old.jar' is no NAME=JAR or NAME=JAR=OPTIONS,"
            + " such as before=/tmp/old-agent.jar",
        "--agent none=/tmp/old.jar    | --agent: the name 'none' is taken",
      })
  void aBadOptionGetsOneLine(String arguments, String message) {
    assertThatThrownBy(() -> CompareOptions.parse(arguments.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void withoutOptionsItIsTheComparisonOfTheDocuments() {
    CompareOptions options = CompareOptions.parse();
    assertThat(options.rounds()).isEqualTo(10);
    assertThat(options.others()).isEqualTo(3);
    assertThat(options.recordingSamples()).isEqualTo(10_000);
    assertThat(options.agents()).isEmpty();
    assertThat(options.toStandardOutput()).isTrue();
  }

  @Test
  void anAgentIsNamedWithOrWithoutOptions() throws IOException {
    Path jar = agent("io.tribescope.agent.premain.Premain");
    CompareOptions options =
        CompareOptions.parse(
            "--agent", "before=" + jar, "--agent=tuned=" + jar + "=probe=false,cluster=a=b");
    assertThat(options.agents())
        .containsExactly(
            new CompareOptions.NamedAgent("before", jar, ""),
            new CompareOptions.NamedAgent("tuned", jar, "probe=false,cluster=a=b"));
  }

  @Test
  void thePageNamesWhatBearsOnTheFigures() throws IOException {
    Path jar = agent("io.tribescope.agent.premain.Premain");
    CompareOptions options =
        CompareOptions.parse("--rounds=4", "--output=" + jar, "--agent=old=" + jar + "=a=b");
    assertThat(Method.command(options))
        .isEqualTo(
            "bench/compare --rounds 4 --others 3 --seconds 30 --warm-up 30"
                + " --recording-samples 10000 --agent old=agent.jar=a=b");
  }

  @Test
  void aNameIsTakenOnce() throws IOException {
    Path jar = agent("io.tribescope.agent.premain.Premain");
    assertThatThrownBy(() -> CompareOptions.parse("--agent=a=" + jar, "--agent=a=" + jar))
        .hasMessage("--agent: the name 'a' is taken");
  }

  @Test
  void whatIsNoAgentOfOursIsRefused() throws IOException {
    Path other = agent("io.opentelemetry.javaagent.OpenTelemetryAgent");
    assertThatThrownBy(() -> CompareOptions.parse("--agent=a=" + other))
        .hasMessage("--agent: " + other + " is no Tribescope agent");
    Path text = Files.writeString(directory.resolve("text.jar"), "no jar");
    assertThatThrownBy(() -> CompareOptions.parse("--agent=a=" + text))
        .hasMessageStartingWith("--agent: cannot read " + text + " as a jar: ");
    Path absent = directory.resolve("absent.jar");
    assertThatThrownBy(() -> CompareOptions.parse("--agent=a=" + absent))
        .hasMessageStartingWith("--agent: cannot read " + absent + " as a jar: ");
  }

  @Test
  void theScriptRefusesABadOptionBeforeItBuildsAnything() throws Exception {
    Path fake = Files.writeString(directory.resolve("mvn"), "#!/bin/sh\necho ran $0 >&2\nexit 3\n");
    assertThat(fake.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "--rounds=0");
    builder.environment().merge("PATH", directory.toString(), (path, fakes) -> fakes + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process script = builder.start();
    script.getOutputStream().close();
    assertThat(new String(script.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo("bench/compare: --rounds: 0 is not within 1 and 50; see bench/compare --help\n");
    assertThat(script.waitFor()).isEqualTo(2);
  }

  @Test
  void theScriptsHelpTellsOfEveryOptionAndItsDefault() throws IOException {
    Map<String, String> help =
        Pattern.compile("(?m)^  (--[a-z-]+) ((?:.|\n {25})*)$")
            .matcher(Files.readString(SCRIPT))
            .results()
            .collect(
                Collectors.toMap(
                    line -> line.group(1), line -> line.group(2).replaceAll("\\s+", " ")));
    Set<String> options = new HashSet<>(CompareOptions.DEFAULTS.keySet());
    options.add(CompareOptions.AGENT);
    options.add("--help");
    assertThat(help.keySet()).isEqualTo(options);
    CompareOptions.DEFAULTS.forEach(
        (option, value) ->
            assertThat(help)
                .hasEntrySatisfying(
                    option, text -> assertThat(text).endsWith("default " + value + ".")));
  }

  private Path agent(String premain) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", premain);
    Path jar = directory.resolve("agent.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
