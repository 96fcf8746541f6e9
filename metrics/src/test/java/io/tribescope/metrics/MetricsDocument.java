package io.tribescope.metrics;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.metrics.MetricFamily.Label;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code docs/metrics.md}: what stands between a section's two marks is made of the code. */
public final class MetricsDocument {
  /** The heads of a table's columns. */
  public static final String HEAD =
      "| Metric | Type | Labels | Meaning | Good | Cost | Series |\n|---|---|---|---|---|---|---|\n";

  private static final Path FILE =
      Path.of(System.getProperty("tribescope.root", "..")).resolve("docs/metrics.md");
  private static final String WRITE =
      "mvn test -pl agent/core,exporter -am -Dtest=MetricsDocumentTest"
          + " -Dsurefire.failIfNoSpecifiedTests=false -Dmetrics.write=true";

  private MetricsDocument() {}

  /** With the system property {@code metrics.write} the section is written, not compared. */
  public static void assertSection(String section, String generated) throws IOException {
    String begin = "<!-- made of the code: " + section + " -->\n";
    String end = "<!-- end: " + section + " -->\n";
    String document = Files.readString(FILE);
    assertThat(document).contains(WRITE).containsOnlyOnce(begin).containsOnlyOnce(end);
    int from = document.indexOf(begin) + begin.length();
    int to = document.indexOf(end);
    if (Boolean.getBoolean("metrics.write")) {
      Files.writeString(FILE, document.substring(0, from) + generated + document.substring(to));
      return;
    }
    assertThat(document.substring(from, to))
        .as("docs/metrics.md says otherwise than the code; to write it anew: %s", WRITE)
        .isEqualTo(generated);
  }

  /**
   * A table of families.
   *
   * @param saidAbove labels that the table leaves out, for all of its families have them
   */
  public static String table(List<MetricFamily> families, Set<String> saidAbove) {
    return HEAD + families.stream().map(family -> row(family, saidAbove)).collect(joining());
  }

  /** A list of what each cost means. */
  public static String list(Cost[] costs) {
    return Arrays.stream(costs)
        .map(cost -> "- **" + lowerCase(cost) + "**: " + cost.meaning() + ".\n")
        .collect(joining());
  }

  private static String row(MetricFamily family, Set<String> saidAbove) {
    List<Label> labels =
        family.labels().stream().filter(label -> !saidAbove.contains(label.name())).toList();
    return "|`%s`|%s|%s|%s|%s|%s|%s|\n"
        .formatted(
            family.name(),
            LabelValue.of(family.type()),
            labels.stream().map(MetricsDocument::text).collect(joining("; ")),
            (family.meaning() + " " + family.absence()).strip(),
            family.good(),
            lowerCase(family.cost()),
            series(family, labels));
  }

  private static String text(Label label) {
    String values = label.values().isEmpty() ? "" : ": " + String.join(", ", label.values());
    return "`" + label.name() + "`" + values;
  }

  /** At most so many: "8 a member". */
  private static String series(MetricFamily family, List<Label> labels) {
    // A histogram has a series for each bound, the sum and the count.
    int number = family.type() == MetricFamily.Type.HISTOGRAM ? family.buckets() + 2 : 1;
    StringBuilder each = new StringBuilder();
    for (Label label : labels) {
      if (!label.values().isEmpty()) {
        number *= label.values().size();
      } else if (!label.isDescriptive()) {
        each.append(" a ").append(label.name());
      }
    }
    return number + each.toString();
  }

  private static String lowerCase(Cost cost) {
    return cost.name().toLowerCase(Locale.ROOT);
  }
}
