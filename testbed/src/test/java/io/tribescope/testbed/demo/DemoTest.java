package io.tribescope.testbed.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DemoTest {
  private static final Path SCRIPT = Path.of(System.getProperty("tribescope.root", ".."), "demo");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--nodes=1       | --nodes: 1 is not within 2 and 8",
        "--nodes 9       | --nodes: 9 is not within 2 and 8",
        "--rate=0        | --rate: 0 is not within 1 and 500",
        "--minutes=-1    | --minutes: -1 is not within 1 and 10080",
        "--tomcat=9      | --tomcat: '9' is no released 8.5, 9.0, 10.1 or 11.0, such as 9.0.117",
        "--nodes=three   | --nodes: 'three' is no whole number",
        "--nodes=        | --nodes: '' is no whole number",
        "--nodes         | --nodes: its value is missing",
        "--storry        | unknown option '--storry'",
        "--story=yes     | unknown option '--story=yes'",
        "--story --send-options 6"
            + " | --send-options: 6 does not go with --story, which is told of 8 only",
        "--nodes 8 --sessions 15 --story"
            + " | --sessions: 15 are too few for --story, whose 8 nodes all need users: at least 16",
      })
  void aBadOptionGetsOneLine(String arguments, String message) {
    assertThatThrownBy(() -> DemoOptions.parse(arguments.split(" ", -1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void aValueFollowsItsOptionInEitherWay() {
    DemoOptions options = DemoOptions.parse("--nodes", "2", "--rate=500", "--story");
    assertThat(options.nodes()).isEqualTo(2);
    assertThat(options.rate()).isEqualTo(500);
    assertThat(options.story()).isTrue();
    assertThat(options.keep()).isFalse();
    assertThat(options.tomcat()).isEqualTo("9.0.117");
  }

  @Test
  void theScriptRefusesABadOptionBeforeItInstallsOrBuildsAnything() throws Exception {
    for (String command : new String[] {"apt-get", "mvn"}) {
      Path fake = Files.writeString(directory.resolve(command), "#!/bin/sh\necho ran $0\nexit 3\n");
      assertThat(fake.toFile().setExecutable(true)).isTrue();
    }
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "--nodes=9");
    builder.environment().merge("PATH", directory.toString(), (path, fakes) -> fakes + ":" + path);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process script = builder.start();
    script.getOutputStream().close();
    assertThat(text(script.getErrorStream().readAllBytes()))
        .isEqualTo("demo: --nodes: 9 is not within 2 and 8; see ./demo --help\n");
    assertThat(text(script.getInputStream().readAllBytes())).isEmpty();
    assertThat(script.waitFor()).isEqualTo(2);
  }

  @Test
  void theScriptsHelpTellsOfEveryOptionAndItsDefault() throws IOException {
    Map<String, String> help =
        Pattern.compile("(?m)^  (--[a-z-]+) (.*)$")
            .matcher(Files.readString(SCRIPT))
            .results()
            .collect(Collectors.toMap(line -> line.group(1), (MatchResult line) -> line.group(2)));
    Set<String> options = new HashSet<>(DemoOptions.FLAGS);
    options.addAll(DemoOptions.DEFAULTS.keySet());
    options.add("--help");
    assertThat(help.keySet()).isEqualTo(options);
    DemoOptions.DEFAULTS.forEach(
        (option, value) -> assertThat(help.get(option)).contains("default " + value));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
