package io.tribescope.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code docs/checks.md} has a section for each check, and for nothing else. */
class ChecksDocumentTest {
  private static final Path FILE =
      Path.of(System.getProperty("tribescope.root", "..")).resolve("docs/checks.md");
  private static final Pattern SECTION = Pattern.compile("(?ms)^## ([^\\n]+)$(.*?)(?=^## |\\z)");

  @Test
  void everyCheckHasASectionAndEverySectionACheck() throws IOException {
    assertThat(sections().keySet()).containsExactly(ConfigCheck.labels());
  }

  /** What was seen, what users notice, what to change and from what, how to see that it worked. */
  @ParameterizedTest
  @EnumSource(ConfigCheck.class)
  void aSectionAnswersFourQuestions(ConfigCheck check) throws IOException {
    assertThat(sections().get(check.label()))
        .startsWith("\n\n**Severity:** " + check.severity() + ".\n\n**Seen:** ")
        .containsSubsequence(
            "\n**Why it hurts:** ",
            "\n**Mend:** ",
            "  before  ",
            "  after   ",
            "\n**Mended when:** ");
  }

  @Test
  void theTableAboveLeadsToEach() throws IOException {
    String[] begins =
        Arrays.stream(ConfigCheck.values())
            .map(check -> "|[%1$s](#%1$s)|%2$s|".formatted(check.label(), check.severity()))
            .toArray(String[]::new);
    assertThat(Files.readString(FILE).lines().filter(line -> line.startsWith("|[")))
        .zipSatisfy(List.of(begins), (line, begin) -> assertThat(line).startsWith(begin));
  }

  /** The text below each heading, by the heading. */
  private static Map<String, String> sections() throws IOException {
    Map<String, String> sections = new LinkedHashMap<>();
    SECTION
        .matcher(Files.readString(FILE))
        .results()
        .forEach(section -> sections.put(section.group(1), section.group(2)));
    return sections;
  }
}
