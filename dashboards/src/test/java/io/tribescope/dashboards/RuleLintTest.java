package io.tribescope.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Conventions of the rules that promtool does not know. */
class RuleLintTest {
  /** The labels that an aggregation keeps. */
  private static final Pattern BY = Pattern.compile("^\\w+ by \\((?<labels>[^)]*)\\)");

  /** A comparison that holds for 0 and not for 1. */
  private static final Pattern ZERO =
      Pattern.compile(
          "(==|<=)\\s*(bool|on \\([^)]*\\))?\\s*0(?![.\\d])"
              + "|!=\\s*(bool)?\\s*1(?![.\\d])"
              + "|<\\s*(bool)?\\s*(1(?![.\\d])|0?\\.\\d)"
              + "|(?<![.\\d])(0\\s*(==|>=)|1\\s*(!=|>))");

  static Stream<Arguments> alerts() {
    return Shipped.alerts().map(rule -> Arguments.of(rule.path("alert").asText(), rule));
  }

  static Stream<Arguments> recordings() {
    return Shipped.recordings().map(rule -> Arguments.of(rule.path("record").asText(), rule));
  }

  @Test
  void theFirstAlertsAreShipped() {
    assertThat(Shipped.alerts())
        .extracting(rule -> rule.path("alert").asText() + " " + severity(rule))
        .contains(
            "TomcatClusterSplitBrain critical",
            "TomcatClusterPartialPartition warning",
            "TomcatClusterNodeMissing warning");
  }

  @Test
  void namesAreUsedOnce() {
    assertThat(Shipped.alerts()).extracting(r -> r.path("alert").asText()).doesNotHaveDuplicates();
    assertThat(Shipped.recordings())
        .extracting(rule -> rule.path("record").asText() + rule.path("labels"))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alerts")
  void anAlertSaysWhatItIsAboutAndHowBadItIs(String name, JsonNode rule) {
    assertThat(name).matches("(Tomcat|Ehcache|ModJk)([A-Z][a-z]+)+");
    assertThat(severity(rule)).isIn("critical", "warning");
    assertThat(rule.path("for").asText()).as("for").isNotBlank();
    JsonNode annotations = rule.path("annotations");
    assertThat(annotations.path("summary").asText())
        .as("summary: one sentence, the same for every occurrence")
        .matches("[A-Z][^{]*\\.");
    assertThat(annotations.path("description").asText())
        .contains("{{ $labels.cluster }}")
        .endsWith(".");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("alerts")
  void anAlertLeadsToItsRunbookAndADashboard(String name, JsonNode rule) throws IOException {
    String runbook = rule.at("/annotations/runbook_url").asText();
    assertThat(runbook).isEqualTo("dashboards/runbooks/" + name + ".md");
    assertThat(headings(Shipped.ROOT.resolve(runbook)))
        .containsExactly("# " + name, "## Meaning", "## Impact", "## Diagnosis", "## Mitigation");

    String dashboard = rule.at("/annotations/dashboard_url").asText();
    assertThat(dashboard).startsWith("/d/");
    assertThat(Shipped.dashboards())
        .extracting(file -> DashboardQueries.read(file).path("uid").asText())
        .contains(dashboard.substring("/d/".length()).replaceFirst("[/?].*", ""));
  }

  @Test
  void everyRunbookHasItsAlert() {
    List<String> alerts = Shipped.alerts().map(r -> r.path("alert").asText() + ".md").toList();
    assertThat(RuleFiles.listed(Shipped.DASHBOARDS.resolve("runbooks"), ".md"))
        .extracting(file -> file.getFileName().toString())
        .containsExactlyInAnyOrderElementsOf(alerts);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recordings")
  void aRecordingIsNamedByLevelMetricAndOperation(String name, JsonNode rule) {
    assertThat(name)
        .matches("cluster(_job(_[a-z]+)*)?:(tomcat|ehcache|modjk|tribescope)_[a-z_]+:[a-z0-9_]+");
    Matcher by = BY.matcher(rule.path("expr").asText());
    if (by.find()) {
      assertThat(name).startsWith(by.group("labels").replace(", ", "_") + ":");
    }
  }

  /** A departed member's zero goes after a day, and is not exported for each of many members. */
  @Test
  void noRuleNeedsAZeroOfMemberUp() {
    assertThat(Shipped.rules())
        .extracting(rule -> rule.path("expr").asText())
        .filteredOn(expr -> expr.contains("tomcat_cluster_member_up"))
        .isNotEmpty()
        .noneMatch(expr -> ZERO.matcher(expr).find());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up == 0",
        "up==0",
        "up == bool 0",
        "up != 1",
        "up < 1",
        "up < bool 0.5",
        "up <= 0",
        "0 == up",
        "1 != up",
        "1 > up",
        "0 >= up",
        "up\n==\n0",
        "up == on (a) 0 * up"
      })
  void aNeedOfAZeroIsFound(String expr) {
    assertThat(expr).containsPattern(ZERO);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "up == 1",
        "pairs > 0",
        "islands > bool 1.99",
        "islands < 10",
        "up == 0.99",
        "1 / up",
        "0 * up",
        "max5m < max1h",
        "a != on (b) c"
      })
  void anythingElseIsNot(String expr) {
    assertThat(expr).doesNotContainPattern(ZERO);
  }

  private static String severity(JsonNode rule) {
    return rule.at("/labels/severity").asText();
  }

  private static List<String> headings(Path markdown) throws IOException {
    try (Stream<String> lines = Files.lines(markdown)) {
      return lines.filter(line -> line.startsWith("#")).toList();
    }
  }
}
