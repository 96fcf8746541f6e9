package io.tribescope.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each panel of each dashboard. */
class PanelLintTest {
  private static final Pattern COUNTER =
      Pattern.compile("(?<name>\\w+_total)\\b(\\{[^}]*})?(?<after>\\[)?");
  private static final Set<String> AT_START =
      Set.of(
          "tomcat_session_state_transfers_total",
          "tomcat_session_state_transfer_sessions_total",
          "ehcache_bootstrap_total");
  private static final Pattern RANGE = Pattern.compile("\\[(?<range>[^\\]]+)]");
  private static final Pattern RECORDED = Pattern.compile("[a-z_]+:\\w+:\\w+");

  private static final Pattern JOINED =
      Pattern.compile(
          "label_join\\(.+,\\s+\"(\\w+)\", \" \", (?<labels>\"\\1\"[^)]*)\\)", Pattern.DOTALL);
  private static final Pattern GROUPING = Pattern.compile("\\b(?:by|on) \\((?<labels>[^)]*)\\)");

  static Stream<Arguments> panels() {
    return Shipped.dashboards()
        .flatMap(
            file ->
                DashboardQueries.panels(DashboardQueries.read(file)).stream()
                    .map(panel -> Arguments.of(panel.path("title").asText(), panel)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void saysWhatItShowsAndWhatIsGood(String title, JsonNode panel) {
    assertThat(title).isNotBlank();
    assertThat(panel.path("description").asText())
        .contains("**Good: ")
        .containsPattern("\\.(\\*\\*)?$");
    assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as("unit").isNotBlank();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void asksTheChosenPrometheus(String title, JsonNode panel) {
    assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
    assertThat(panel.path("targets")).as("targets of " + title).isNotEmpty();
    assertThat(panel.path("targets"))
        .allSatisfy(
            target -> {
              assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
              assertThat(target.at("/datasource/type").asText()).isEqualTo("prometheus");
            })
        .extracting(target -> target.path("refId").asText())
        .doesNotHaveDuplicates()
        .doesNotContain("");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void onlyTroubleIsColoured(String title, JsonNode panel) {
    JsonNode steps = panel.at("/fieldConfig/defaults/thresholds/steps");
    assertThat(steps).as("thresholds of " + title).isNotEmpty();
    assertThat(steps.get(0).path("color").asText()).isEqualTo("transparent");
    assertThat(steps.get(0).path("value").isNull()).isTrue();
  }

  /** At one instant a panel may also say how often something happened in the time shown. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void ratesAreTakenOverTheRateInterval(String title, JsonNode panel) {
    for (JsonNode target : panel.path("targets")) {
      String expr = target.path("expr").asText();
      Matcher range = RANGE.matcher(expr);
      while (range.find()) {
        boolean whole = range.group("range").equals("$__range") && expr.contains("increase(");
        if (!(whole && target.path("instant").asBoolean())) {
          assertThat(range.group("range")).as(title + ": " + expr).isEqualTo("$__rate_interval");
        }
      }
    }
  }

  /** A node's first scrape is too late for a rate to see what happens while it starts. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void countersAreShownAsRatesUnlessTheyCountWhatHappensAtTheStart(String title, JsonNode panel) {
    for (String expr : exprs(panel)) {
      Matcher counter = COUNTER.matcher(expr);
      while (counter.find()) {
        if (AT_START.contains(counter.group("name"))) {
          assertThat(panel.path("type").asText()).as(title).isEqualTo("table");
          assertThat(title).endsWith("since the start");
        } else {
          assertThat(expr.substring(0, counter.start()))
              .as(title)
              .matches("(?s).*(rate|increase)\\(");
          assertThat(counter.group("after")).as(expr).isEqualTo("[");
        }
      }
    }
  }

  /** Two clusters of one name with the same addresses, each in a job of its own. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void clustersAndJobsStayApart(String title, JsonNode panel) {
    for (String expr : exprs(panel)) {
      // The agent's metrics about itself have no label cluster.
      List<String> apart =
          expr.contains("tribescope_agent_") ? List.of("job") : List.of("cluster", "job");
      Matcher joined = JOINED.matcher(expr);
      if (isMatrix(panel)) {
        assertThat(joined.find()).as(title + ": a label_join for the matrix").isTrue();
        assertThat(joined.group("labels")).as(title).contains(apart);
      } else {
        assertThat(GROUPING.matcher(expr).results().map(found -> found.group(1)))
            .as(title)
            .allSatisfy(labels -> assertThat(labels.split(", ", -1)).containsAll(apart));
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void legendsTellEverySeriesApart(String title, JsonNode panel) {
    for (JsonNode target : panel.path("targets")) {
      if (!target.path("format").asText().equals("table")) {
        Matcher by = GROUPING.matcher(target.path("expr").asText());
        String labels = by.find() ? by.group("labels") : "cluster, job";
        for (String label : labels.split(", ", -1)) {
          if (!label.equals("le")) {
            assertThat(target.path("legendFormat").asText())
                .as(title)
                .contains("{{" + label + "}}");
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void recordedSeriesAreRecorded(String title, JsonNode panel) {
    List<String> records =
        Shipped.recordings().map(rule -> rule.path("record").asText()).distinct().toList();
    for (String expr : exprs(panel)) {
      assertThat(RECORDED.matcher(expr).results().map(found -> found.group()))
          .as(title)
          .isSubsetOf(records);
    }
  }

  /**
   * With colours by threshold and one step a state timeline draws every state as one; and a state
   * without a text of its own would show a bare number.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void statesHaveFixedColoursAndNames(String title, JsonNode panel) {
    String type = panel.path("type").asText();
    if (type.equals("state-timeline") || type.equals("status-history")) {
      assertThat(panel.at("/fieldConfig/defaults/color/mode").asText()).isEqualTo("fixed");
      assertThat(panel.at("/fieldConfig/defaults/mappings/0/options")).as(title).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void tablesAskForOneInstantAsATable(String title, JsonNode panel) {
    for (JsonNode target : panel.path("targets")) {
      boolean table = panel.path("type").asText().equals("table");
      assertThat(target.path("format").asText().equals("table")).as(title).isEqualTo(table);
      if (table) {
        assertThat(target.path("instant").asBoolean()).as(title).isTrue();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("panels")
  void aMatrixIsMadeOfLabelsThatItsQueryKeeps(String title, JsonNode panel) {
    if (isMatrix(panel)) {
      JsonNode options = panel.at("/transformations/0/options");
      String kept = exprs(panel).get(0).replaceFirst("(?s)^\\w+ by \\(([^)]*)\\).*", "$1");
      assertThat(kept.split(", ", -1))
          .as(title)
          .containsExactlyInAnyOrder(
              options.path("rowField").asText(), options.path("columnField").asText());
      assertThat(options.path("valueField").asText()).isEqualTo("Value");
    }
  }

  private static boolean isMatrix(JsonNode panel) {
    return panel.at("/transformations/0/id").asText().equals("groupingToMatrix");
  }

  private static List<String> exprs(JsonNode panel) {
    return panel.path("targets").findValuesAsText("expr");
  }
}
