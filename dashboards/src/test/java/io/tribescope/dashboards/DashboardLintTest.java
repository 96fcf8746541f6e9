package io.tribescope.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboard as a whole and its variables; the panels have {@link PanelLintTest}. */
class DashboardLintTest {
  private static final Pattern NAME = Pattern.compile("^\\|`([a-z_]+)`\\|", Pattern.MULTILINE);

  static Stream<Path> dashboards() {
    return Shipped.dashboards();
  }

  @Test
  void whatIsShippedIsThere() {
    assertThat(dashboards())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "tribescope-cache-synchronisation.json",
            "tribescope-overview.json",
            "tribescope-session-replication.json");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itsUidIsItsFileName(Path file) {
    assertThat(DashboardQueries.read(file).path("uid").asText() + ".json")
        .isEqualTo(file.getFileName().toString())
        .hasSizeLessThanOrEqualTo(40 + ".json".length());
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void itCanBeProvisionedFromAFile(Path file) {
    JsonNode dashboard = DashboardQueries.read(file);
    assertThat(dashboard.has("__inputs")).as("__inputs resolve on import only").isFalse();
    assertThat(dashboard.has("id")).as("the id belongs to one Grafana").isFalse();
    assertThat(dashboard.path("editable").asBoolean(true)).as("editable").isFalse();
    assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
    assertThat(dashboard.path("title").asText()).startsWith("Tribescope / ");
    assertThat(dashboard.path("graphTooltip").asInt()).as("shared crosshair").isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void oneDatasourceVariableNamesThePrometheus(Path file) {
    List<JsonNode> datasources =
        variables(file).stream().filter(v -> v.path("type").asText().equals("datasource")).toList();
    assertThat(datasources).hasSize(1);
    assertThat(datasources.get(0).path("name").asText()).isEqualTo("datasource");
    assertThat(datasources.get(0).path("query").asText()).isEqualTo("prometheus");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void clusterJobAndInstanceCanBeChosen(Path file) {
    List<JsonNode> queried =
        variables(file).stream().filter(v -> v.path("type").asText().equals("query")).toList();
    assertThat(queried)
        .extracting(variable -> variable.path("name").asText())
        .contains("cluster", "job", "instance");
    for (JsonNode variable : queried) {
      String name = variable.path("name").asText();
      assertThat(variable.path("multi").asBoolean()).as(name + " multi").isTrue();
      assertThat(variable.path("includeAll").asBoolean()).as(name + " all").isTrue();
      assertThat(variable.path("allValue").asText()).as(name + " all").isEqualTo(".+");
      assertThat(variable.path("refresh").asInt()).as(name + " on time change").isEqualTo(2);
      assertThat(variable.path("label").asText()).as(name + " label").isNotBlank();
      assertThat(variable.at("/datasource/uid").asText()).isEqualTo("${datasource}");
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsHaveIdsOfTheirOwnAndDoNotOverlap(Path file) {
    List<JsonNode> placed = new ArrayList<>();
    for (JsonNode panel : DashboardQueries.read(file).path("panels")) {
      placed.add(panel);
      panel.path("panels").forEach(placed::add);
    }
    assertThat(placed).extracting(panel -> panel.path("id").asInt()).doesNotHaveDuplicates();
    assertThat(placed).extracting(panel -> panel.path("title").asText()).doesNotHaveDuplicates();
    for (int i = 0; i < placed.size(); i++) {
      Cell cell = Cell.of(placed.get(i));
      assertThat(cell.x() + cell.width()).as(cell.title()).isLessThanOrEqualTo(24);
      for (JsonNode later : placed.subList(i + 1, placed.size())) {
        assertThat(cell.overlaps(Cell.of(later)))
            .as(cell.title() + " overlaps " + Cell.of(later).title())
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksLeadToDashboardsThatExist(Path file) {
    List<String> urls = new ArrayList<>();
    DashboardQueries.read(file).findValuesAsText("url", urls);
    List<String> uids =
        dashboards().map(other -> DashboardQueries.read(other).path("uid").asText()).toList();
    for (String url : urls) {
      assertThat(url).startsWith("/d/");
      assertThat(uids).contains(url.substring("/d/".length()).replaceFirst("[/?].*", ""));
    }
  }

  /** From each to every other, with what is chosen there. */
  @ParameterizedTest
  @MethodSource("dashboards")
  void itLeadsToTheOthers(Path file) {
    List<String> others =
        dashboards()
            .filter(other -> !other.equals(file))
            .map(other -> "/d/" + DashboardQueries.read(other).path("uid").asText())
            .toList();
    JsonNode links = DashboardQueries.read(file).path("links");
    assertThat(links)
        .extracting(link -> link.path("url").asText())
        .containsExactlyInAnyOrderElementsOf(others);
    assertThat(links)
        .allSatisfy(
            link -> {
              assertThat(link.path("includeVars").asBoolean()).as("includeVars").isTrue();
              assertThat(link.path("keepTime").asBoolean()).as("keepTime").isTrue();
            });
  }

  /** All that stands in the list of metrics behind those of membership, which Overview shows. */
  @Test
  void sessionReplicationShowsEveryMetricOfMessagesAndSessions() throws IOException {
    String list = listOfMetrics();
    String first = "|`tomcat_cluster_messages_sent_total`|";
    List<String> names =
        names(list.substring(list.indexOf(first), list.indexOf("<!-- end: cluster -->")));
    assertThat(names).contains("tomcat_cluster_queue_bytes", "tomcat_sessions");
    assertShows("tribescope-session-replication", names);
  }

  @Test
  void cacheSynchronisationShowsEveryMetricOfCaches() throws IOException {
    List<String> names =
        names(listOfMetrics()).stream().filter(name -> name.startsWith("ehcache_")).toList();
    assertThat(names).contains("ehcache_replication_queue_elements", "ehcache_bootstrap_seconds");
    assertShows("tribescope-cache-synchronisation", names);
  }

  @Test
  void cachesCanBeChosenByWhatTellsThemApart() {
    assertThat(
            variables(Shipped.DASHBOARDS.resolve("grafana/tribescope-cache-synchronisation.json")))
        .extracting(variable -> variable.path("name").asText())
        .containsExactly("datasource", "cluster", "job", "instance", "context", "manager", "cache");
  }

  private static String listOfMetrics() throws IOException {
    return Files.readString(Shipped.ROOT.resolve("docs/metrics.md"));
  }

  private static List<String> names(String list) {
    return NAME.matcher(list).results().map(found -> found.group(1)).toList();
  }

  private static void assertShows(String uid, List<String> names) {
    Path file = Shipped.DASHBOARDS.resolve("grafana/" + uid + ".json");
    String exprs = String.join("\n", DashboardQueries.read(file).findValuesAsText("expr"));
    assertThat(names)
        .allSatisfy(
            name -> assertThat(exprs).containsPattern("\\b" + name + "(_bucket|_sum|_count)?\\{"));
  }

  private static List<JsonNode> variables(Path file) {
    return StreamSupport.stream(
            DashboardQueries.read(file).at("/templating/list").spliterator(), false)
        .toList();
  }

  private record Cell(String title, int x, int y, int width, int height) {
    static Cell of(JsonNode panel) {
      JsonNode grid = panel.path("gridPos");
      return new Cell(
          panel.path("title").asText(),
          grid.path("x").asInt(),
          grid.path("y").asInt(),
          grid.path("w").asInt(),
          grid.path("h").asInt());
    }

    boolean overlaps(Cell other) {
      return x < other.x + other.width
          && other.x < x + width
          && y < other.y + other.height
          && other.y < y + height;
    }
  }
}
