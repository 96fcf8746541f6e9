package io.tribescope.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tribescope.dashboards.DashboardQuery.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardQueriesTest {
  private final DashboardQueries queries =
      new DashboardQueries(Duration.ofSeconds(8), Duration.ofMinutes(5));

  @TempDir private Path directory;

  @Test
  void everyQueryIsFoundAndFreeOfVariables() throws IOException {
    Path file =
        dashboard(
            """
            {"uid": "d",
             "annotations": {"list": [{"builtIn": 1, "name": "grafana"},
               {"name": "starts", "expr": "n{job=~\\"$job\\"}"}]},
             "templating": {"list": [
               {"type": "datasource", "name": "datasource", "query": "prometheus"},
               {"type": "query", "name": "job",
                "query": {"query": "label_values(m{job=~\\"${job}\\"}, job)"}}]},
             "panels": [
               {"type": "stat", "title": "a", "targets": [
                 {"refId": "A", "expr": "rate(x_total[$__rate_interval])"},
                 {"refId": "B", "expr": "m{job=~\\"${job:regex}\\"}", "instant": true}]},
               {"type": "row", "title": "r", "panels": [
                 {"type": "table", "title": "b", "targets": [
                   {"refId": "A", "expr": "label_replace(m[$__range] / $__range_s, \\"a\\", \\"$1\\")"}
                 ]}]}]}
            """);

    assertThat(queries.of(file))
        .containsExactly(
            new DashboardQuery("d", "a", "A", Kind.PANEL_RANGE, "rate(x_total[8000ms])"),
            new DashboardQuery("d", "a", "B", Kind.PANEL_INSTANT, "m{job=~\".+\"}"),
            new DashboardQuery(
                "d", "b", "A", Kind.PANEL_RANGE, "label_replace(m[300000ms] / 300, \"a\", \"$1\")"),
            new DashboardQuery("d", "$job", "", Kind.VARIABLE, "group by (job) (m{job=~\".+\"})"),
            new DashboardQuery("d", "starts", "", Kind.ANNOTATION, "n{job=~\".+\"}"));
  }

  @Test
  void anUnknownVariableIsNamed() throws IOException {
    Path file =
        dashboard(
            """
            {"panels": [{"type": "stat", "targets": [{"expr": "m{job=~\\"$jop\\"}"}]}]}
            """);

    assertThatThrownBy(() -> queries.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": $jop is no variable of this dashboard, in: m{job=~\"$jop\"}");
  }

  @Test
  void aVariableThatIsNotListedByLabelValuesIsRefused() throws IOException {
    Path file =
        dashboard(
            """
            {"templating": {"list": [
              {"type": "query", "name": "job", "query": {"query": "query_result(up)"}}]}}
            """);

    assertThatThrownBy(() -> queries.of(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file + ": variable job must be label_values(selector, label), is: query_result(up)");
  }

  @Test
  void aFileThatIsNotJsonIsNamed() throws IOException {
    Path file = dashboard("{");

    assertThatThrownBy(() -> queries.of(file))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot read the dashboard " + file);
  }

  @Test
  void onlyProblemsAndAnnotationsMayBeEmpty() {
    assertThat(query(Kind.PANEL_INSTANT, "tomcat_cluster_config_problem == 1"))
        .matches(DashboardQuery::mayBeEmpty);
    assertThat(query(Kind.ANNOTATION, "tomcat_cluster_node_info"))
        .matches(DashboardQuery::mayBeEmpty);
    assertThat(query(Kind.PANEL_RANGE, "sum(rate(tomcat_cluster_send_failures_total[1m]))"))
        .matches(query -> !query.mayBeEmpty());
  }

  @Test
  void theShippedDashboardsHaveNoUnknownVariable() {
    assertThat(Shipped.dashboards().flatMap(file -> queries.of(file).stream()))
        .hasSizeGreaterThan(30)
        .allSatisfy(query -> assertThat(query.expr()).doesNotContainPattern("\\$[{a-zA-Z_]"));
  }

  private static DashboardQuery query(Kind kind, String expr) {
    return new DashboardQuery("d", "p", "A", kind, expr);
  }

  private Path dashboard(String json) throws IOException {
    return Files.writeString(directory.resolve("d.json"), json);
  }
}
