package io.tribescope.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files under test. */
final class Shipped {
  static final Path ROOT = Path.of(System.getProperty("tribescope.root")).normalize();
  static final Path DASHBOARDS = ROOT.resolve("dashboards");

  private static final YAMLMapper YAML = new YAMLMapper();

  private static final Pattern YAML_BLOCK = Pattern.compile("(?s)```yaml\n(.*?)```");

  private static final Pattern QUERY_BLOCK = Pattern.compile("(?s)```promql\n(.*?)```");

  private Shipped() {}

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** The YAML that a page shows. */
  static String snippet(Path markdown) {
    try {
      Matcher block = YAML_BLOCK.matcher(Files.readString(markdown));
      if (!block.find()) {
        throw new AssertionError("no YAML in " + markdown);
      }
      return block.group(1);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + markdown, e);
    }
  }

  /** The queries that a page shows. */
  static List<String> queries(Path markdown) {
    try {
      return QUERY_BLOCK
          .matcher(Files.readString(markdown))
          .results()
          .map(block -> block.group(1).strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + markdown, e);
    }
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException("not YAML: " + text, e);
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
