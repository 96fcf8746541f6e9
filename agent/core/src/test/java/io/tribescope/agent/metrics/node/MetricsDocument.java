package io.tribescope.agent.metrics.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code docs/metrics.md}: what stands between a section's two marks is made of the code. */
final class MetricsDocument {
  private static final Path FILE =
      Path.of(System.getProperty("tribescope.root", "..")).resolve("docs/metrics.md");
  private static final String WRITE =
      "mvn test -pl agent,exporter -Dtest=MetricsDocumentTest -Dmetrics.write=true";

  private MetricsDocument() {}

  /** With the system property {@code metrics.write} the section is written, not compared. */
  static void assertSection(String section, String generated) throws IOException {
    String begin = "<!-- made of the code: " + section + " -->\n";
    String end = "<!-- end: " + section + " -->\n";
    String document = Files.readString(FILE);
    assertThat(document).containsOnlyOnce(begin).containsOnlyOnce(end);
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
}
