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
import org.junit.jupiter.params.provider.MethodSource;

/** README and runbooks say what is there, and lead to it. */
class DocumentationTest {
  private static final Path README = Shipped.DASHBOARDS.resolve("README.md");
  private static final Pattern LINK = Pattern.compile("]\\((?<target>[^)]+)\\)");
  private static final Pattern PANEL = Pattern.compile("(?<!\\*)\\*(?<title>[A-Z][^*]+)\\*(?!\\*)");

  static Stream<Path> pages() {
    return Stream.concat(
        Stream.of(README),
        RuleFiles.listed(Shipped.DASHBOARDS.resolve("runbooks"), ".md").stream());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsToAFile(Path page) throws IOException {
    Matcher link = LINK.matcher(Files.readString(page));
    while (link.find()) {
      assertThat(page.resolveSibling(link.group("target"))).exists();
    }
  }

  /** Titles of dashboards, panels and variables are set in italics. */
  @ParameterizedTest
  @MethodSource("pages")
  void everyPanelThatIsNamedExists(Path page) throws IOException {
    List<String> titles =
        Shipped.dashboards().flatMap(file -> titles(DashboardQueries.read(file))).toList();
    assertThat(PANEL.matcher(Files.readString(page)).results().map(found -> found.group(1)))
        .isSubsetOf(titles);
  }

  @Test
  void theReadmeNamesEveryAlertWithItsSeverity() throws IOException {
    String readme = Files.readString(README);
    assertThat(Shipped.alerts())
        .allSatisfy(
            rule -> {
              String name = rule.path("alert").asText();
              assertThat(readme)
                  .contains(
                      "| [%s](runbooks/%s.md) | %s |"
                          .formatted(name, name, rule.at("/labels/severity").asText()));
            });
  }

  private static Stream<String> titles(JsonNode dashboard) {
    return Stream.concat(
        Stream.of(dashboard.path("title").asText()),
        Stream.concat(
            DashboardQueries.panels(dashboard).stream().map(panel -> panel.path("title").asText()),
            dashboard.at("/templating/list").findValuesAsText("label").stream()));
  }
}
