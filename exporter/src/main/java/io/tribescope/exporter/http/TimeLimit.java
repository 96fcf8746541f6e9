package io.tribescope.exporter.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long a probe may take. */
final class TimeLimit {
  static final String HEADER = "X-Prometheus-Scrape-Timeout-Seconds";

  /** Left for the answer to be written and sent, so that Prometheus still gets the reason. */
  private static final double MARGIN_SECONDS = 0.5;

  private TimeLimit() {}

  /**
   * The configured limit, or what Prometheus waits less a margin when that is shorter.
   *
   * @param header the request's; ignored when absent or no positive number
   */
  static Duration of(Duration configured, @Nullable String header) {
    double seconds = seconds(header);
    if (Double.isNaN(seconds) || seconds <= 0 || seconds > 1e6) {
      return configured;
    }
    Duration left =
        Duration.ofMillis((long) (1000 * Math.max(seconds - MARGIN_SECONDS, seconds / 2)));
    return left.compareTo(configured) < 0 ? left : configured;
  }

  private static double seconds(@Nullable String header) {
    try {
      return header == null ? Double.NaN : Double.parseDouble(header);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
