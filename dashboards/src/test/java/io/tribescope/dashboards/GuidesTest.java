package io.tribescope.dashboards;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users are told to look at is there. */
class GuidesTest {
  private static final Path DOCS = Shipped.DASHBOARDS.resolveSibling("docs");
  private static final Pattern METRIC =
      Pattern.compile("`((tomcat|ehcache|modjk|tribescope)_\\w+\\b)(?![.*])");
  private static final Pattern QUERIED =
      Pattern.compile("\\b(tomcat|ehcache|modjk|tribescope)_\\w+\\b");
  private static final Pattern DECLARED = Pattern.compile("(?m)^\\|`(\\w+)`\\|");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(#[^)]*)?\\)");

  private static final Pattern ANCHOR = Pattern.compile("]\\(([^)#]*)#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  static Stream<Path> guides() {
    return Stream.of("jasperreports-server.md", "checks.md").map(DOCS::resolve);
  }

  @ParameterizedTest
  @MethodSource("guides")
  void everyMetricThatIsNamedExists(Path guide) throws IOException {
    Set<String> declared = firstGroups(DECLARED, DOCS.resolve("metrics.md"));
    assertThat(firstGroups(METRIC, guide).stream().map(GuidesTest::family))
        .isNotEmpty()
        .isSubsetOf(declared);
    assertThat(
            Shipped.queries(guide).stream()
                .flatMap(query -> QUERIED.matcher(query).results())
                .map(found -> family(found.group())))
        .isSubsetOf(declared);
  }

  /** A histogram is declared by its name alone. */
  private static String family(String series) {
    return series.replaceAll("_seconds_(count|sum|bucket)$", "_seconds");
  }

  @ParameterizedTest
  @MethodSource("guides")
  void everyLinkLeadsToAFile(Path guide) throws IOException {
    assertThat(firstGroups(LINK, guide).stream().map(guide::resolveSibling))
        .allSatisfy(target -> assertThat(target).exists());
  }

  @ParameterizedTest
  @MethodSource("guides")
  void everyLinkLeadsToAHeading(Path guide) throws IOException {
    Matcher link = ANCHOR.matcher(Files.readString(guide));
    while (link.find()) {
      Path page = link.group(1).isEmpty() ? guide : guide.resolveSibling(link.group(1));
      assertThat(firstGroups(HEADING, page).stream().map(GuidesTest::anchor))
          .as(page.toString())
          .contains(link.group(2));
    }
  }

  /** As what shows Markdown makes one of a heading. */
  private static String anchor(String heading) {
    return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
  }

  private static Set<String> firstGroups(Pattern pattern, Path file) throws IOException {
    return pattern
        .matcher(Files.readString(file))
        .results()
        .map((MatchResult found) -> found.group(1))
        .collect(toSet());
  }
}
