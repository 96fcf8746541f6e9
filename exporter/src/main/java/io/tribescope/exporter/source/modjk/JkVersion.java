package io.tribescope.exporter.source.modjk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a version of mod_jk is known to get wrong. */
final class JkVersion {
  private static final Pattern PATCH_OF_1_2 = Pattern.compile("\\D*/1\\.2\\.(\\d{1,4})\\b.*");

  private JkVersion() {}

  /**
   * Before 1.2.42 the bytes of workers outside a balancer were counted wrongly.
   *
   * @param version as in the status, {@code mod_jk/1.2.48} or {@code isapi_redirector/1.2.48}
   */
  static boolean countsBytesOfStandaloneWorkers(@Nullable String version) {
    Matcher patch = PATCH_OF_1_2.matcher(version == null ? "" : version);
    return !patch.matches() || Integer.parseInt(patch.group(1)) >= 42;
  }
}
