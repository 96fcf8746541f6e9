package io.tribescope.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files under test. */
final class Shipped {
  static final Path ROOT = Path.of(System.getProperty("tribescope.root")).normalize();
  static final Path DASHBOARDS = ROOT.resolve("dashboards");

  private static final YAMLMapper YAML = new YAMLMapper();

  private Shipped() {}

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  static List<JsonNode> rules() {
    List<JsonNode> rules = new ArrayList<>();
    for (Path file : RuleFiles.rules(DASHBOARDS)) {
      for (JsonNode group : yaml(file).path("groups")) {
        group.path("rules").forEach(rules::add);
      }
    }
    return rules;
  }

  static Stream<JsonNode> alerts() {
    return rules().stream().filter(rule -> rule.has("alert"));
  }

  static Stream<JsonNode> recordings() {
    return rules().stream().filter(rule -> rule.has("record"));
  }

  static Stream<Path> dashboards() {
    return DashboardQueries.files(DASHBOARDS).stream();
  }
}
