package io.tribescope.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus's and Alertmanager's own tools say of the shipped files. */
@Tag("real")
class PromtoolTest {
  @TempDir private Path directory;

  static Stream<Path> ruleTests() {
    return RuleFiles.tests(Shipped.DASHBOARDS).stream();
  }

  @Test
  void theExampleConfigurationAndItsRulesAreValid() throws Exception {
    Path prometheus = Shipped.DASHBOARDS.resolve("prometheus");
    assertThat(run("promtool", "check", "config", prometheus + "/prometheus.example.yml"))
        .contains(RuleFiles.rules(Shipped.DASHBOARDS).size() + " rule files found");
    assertThat(run("amtool", "check-config", prometheus + "/alertmanager.example.yml"))
        .contains("2 inhibit rules");
  }

  @Test
  void theConfigurationOfTheReadmeIsValid() throws Exception {
    String snippet = Shipped.snippet(Shipped.ROOT.resolve("README.md"));
    Path file = Files.writeString(directory.resolve("prometheus.yml"), snippet);
    for (Path rules : RuleFiles.rules(Shipped.DASHBOARDS)) {
      Files.copy(rules, directory.resolve(rules.getFileName()));
    }

    assertThat(run("promtool", "check", "config", file.toString()))
        .contains(RuleFiles.rules(Shipped.DASHBOARDS).size() + " rule files found");
  }

  @ParameterizedTest
  @MethodSource("ruleTests")
  void theRulesAlertWhenTheyMustAndOnlyThen(Path test) throws Exception {
    run("promtool", "test", "rules", test.toString());
  }

  @Test
  void everyQueryOfTheDashboardsIsValid() throws Exception {
    DashboardQueries queries = new DashboardQueries(Duration.ofMinutes(1), Duration.ofHours(1));
    List<String> expressions = new ArrayList<>();
    for (Path file : DashboardQueries.files(Shipped.DASHBOARDS)) {
      queries.of(file).forEach(query -> expressions.add(query.expr()));
    }
    assertValid(expressions);
  }

  @Test
  void everyQueryOfTheGuideIsValid() throws Exception {
    assertValid(Shipped.queries(Shipped.ROOT.resolve("docs/jasperreports-server.md")));
  }

  /** promtool 2.42 cannot check a lone expression, so each query becomes a rule. */
  private void assertValid(List<String> expressions) throws Exception {
    StringBuilder rules = new StringBuilder("groups:\n  - name: queries\n    rules:\n");
    int count = 0;
    for (String expression : expressions) {
      rules.append("      - record: query:q").append(count++).append(":of\n        expr: |\n");
      expression.lines().forEach(line -> rules.append("          ").append(line).append('\n'));
    }
    Path file = Files.writeString(directory.resolve("queries.yml"), rules);

    assertThat(expressions).isNotEmpty();
    assertThat(run("promtool", "check", "rules", file.toString())).contains(count + " rules found");
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = directory.resolve("said.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends: " + List.of(command)).isTrue();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(List.of(command) + " said:\n" + said).isZero();
      return said;
    } finally {
      process.destroyForcibly();
    }
  }
}
