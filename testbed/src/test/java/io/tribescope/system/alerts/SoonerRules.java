package io.tribescope.system.alerts;

import io.tribescope.dashboards.RuleFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The shipped rules, except that an alert waits a tenth of its time: {@code for} and {@code
 * keep_firing_for}. What an expression looks back for is as shipped. The real times are kept by the
 * rules' own tests, which promtool runs, and by the demo's story.
 */
final class SoonerRules {
  private static final Pattern WAIT =
      Pattern.compile("^( +(?:for|keep_firing_for): )(\\d+)m$", Pattern.MULTILINE);
  private static final Pattern ANY_WAIT =
      Pattern.compile("^ +(?:for|keep_firing_for):", Pattern.MULTILINE);

  private SoonerRules() {}

  /** Writes them into the directory. */
  static Path[] of(Path dashboards, Path directory) {
    return RuleFiles.rules(dashboards).stream()
        .map(
            shipped -> {
              try {
                Path sooner = directory.resolve(shipped.getFileName());
                return Files.writeString(sooner, sooner(Files.readString(shipped)));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toArray(Path[]::new);
  }

  private static String sooner(String rules) {
    long waits = ANY_WAIT.matcher(rules).results().count();
    long minutes = WAIT.matcher(rules).results().count();
    if (waits != minutes) {
      throw new IllegalStateException("%d of %d waits are whole minutes".formatted(minutes, waits));
    }
    return WAIT.matcher(rules)
        .replaceAll(wait -> wait.group(1) + Integer.parseInt(wait.group(2)) * 6 + "s");
  }
}
