package io.tribescope.bench.compare.load;

import org.HdrHistogram.Histogram;

/**
 * What a load did.
 *
 * @param seconds that it took
 * @param nanos the time of each request, from its sending to the end of its answer
 */
public record LoadResult(double seconds, Histogram nanos) {
  /** The requests, each of which was answered with status 200. */
  public long requests() {
    return nanos.getTotalCount();
  }

  /** The time that this share of the requests did not exceed, in milliseconds. */
  public double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
