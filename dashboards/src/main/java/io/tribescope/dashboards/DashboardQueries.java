package io.tribescope.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tribescope.dashboards.DashboardQuery.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The queries of Grafana dashboards, ready to be sent to a Prometheus: every template variable
 * stands for all of its values, every interval for the one given. Immutable and safe for use by
 * many threads.
 */
public final class DashboardQueries {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?<selector>.+), *(?<label>\\w+)\\)", Pattern.DOTALL);

  /** {@code $name}, {@code ${name}} and {@code ${name:format}}. */
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{(?<braced>\\w+)(?::\\w+)?}|(?<bare>\\w+))");

  private final Map<String, String> values = new LinkedHashMap<>();

  /**
   * @param rateInterval what {@code $__rate_interval} and {@code $__interval} stand for; at least
   *     four scrape intervals, or {@code rate} has no two samples when one is lost
   * @param range what {@code $__range} stands for
   */
  public DashboardQueries(Duration rateInterval, Duration range) {
    values.put("__rate_interval", rateInterval.toMillis() + "ms");
    values.put("__interval", rateInterval.toMillis() + "ms");
    values.put("__range", range.toMillis() + "ms");
    values.put("__range_s", Long.toString(range.toSeconds()));
  }

  /**
   * The shipped dashboards, sorted by name.
   *
   * @param dashboards the directory {@code dashboards} of this project
   * @throws UncheckedIOException when the directory cannot be listed
   */
  public static List<Path> files(Path dashboards) {
    return RuleFiles.listed(dashboards.resolve("grafana"), ".json");
  }

  /**
   * Every query of a dashboard: of its panels, those within collapsed rows included, its variables
   * and its annotations.
   *
   * @param file a dashboard in Grafana's classic JSON
   * @throws UncheckedIOException when the file cannot be read or is not JSON
   * @throws IllegalArgumentException when a query uses a variable that the dashboard does not
   *     define, or a variable is not listed by {@code label_values(selector, label)}
   */
  public List<DashboardQuery> of(Path file) {
    JsonNode dashboard = read(file);
    Map<String, String> all = new LinkedHashMap<>(values);
    for (JsonNode variable : dashboard.at("/templating/list")) {
      all.put(variable.path("name").asText(), ".+");
    }
    String uid = dashboard.path("uid").asText();
    List<DashboardQuery> queries = new ArrayList<>();
    for (JsonNode panel : panels(dashboard)) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new DashboardQuery(
                uid,
                panel.path("title").asText(),
                target.path("refId").asText(),
                target.path("instant").asBoolean() ? Kind.PANEL_INSTANT : Kind.PANEL_RANGE,
                replaced(target.path("expr").asText(), all, file)));
      }
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      if (variable.path("type").asText().equals("query")) {
        String name = variable.path("name").asText();
        String listed = listed(variable.at("/query/query").asText(), name, file);
        queries.add(
            new DashboardQuery(uid, "$" + name, "", Kind.VARIABLE, replaced(listed, all, file)));
      }
    }
    for (JsonNode annotation : dashboard.at("/annotations/list")) {
      if (annotation.has("expr")) {
        String expr = replaced(annotation.path("expr").asText(), all, file);
        String name = annotation.path("name").asText();
        queries.add(new DashboardQuery(uid, name, "", Kind.ANNOTATION, expr));
      }
    }
    return List.copyOf(queries);
  }

  /** The panels that a reader sees, in order: rows left out, panels within collapsed rows not. */
  static List<JsonNode> panels(JsonNode dashboard) {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : dashboard.path("panels")) {
      if (panel.path("type").asText().equals("row")) {
        panel.path("panels").forEach(panels::add);
      } else {
        panels.add(panel);
      }
    }
    return panels;
  }

  static JsonNode read(Path file) {
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the dashboard " + file, e);
    }
  }

  /** One series for each value that the variable would offer. */
  private static String listed(String query, String name, Path file) {
    Matcher matcher = LABEL_VALUES.matcher(query);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          file + ": variable " + name + " must be label_values(selector, label), is: " + query);
    }
    return "group by (" + matcher.group("label") + ") (" + matcher.group("selector") + ")";
  }

  private static String replaced(String expr, Map<String, String> values, Path file) {
    return VARIABLE
        .matcher(expr)
        .replaceAll(
            found -> {
              String name = found.group(1) != null ? found.group(1) : found.group(2);
              if (name.matches("\\d+")) {
                // A group of label_replace, not a variable of Grafana's.
                return Matcher.quoteReplacement(found.group());
              }
              String value = values.get(name);
              if (value == null) {
                throw new IllegalArgumentException(
                    file + ": $" + name + " is no variable of this dashboard, in: " + expr);
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
