package io.tribescope.bench.compare.load;

import org.HdrHistogram.Histogram;

/**
 * What a load did.
 *
 * @param seconds that it took
 * @param nanos the time of each request, from its sending to the end of its answer
 */
public record LoadResult(double seconds, Histogram nanos) {
  /** No load at all. */
  public static final LoadResult NONE = new LoadResult(0, new Histogram(3));

  /** Both together, one after the other. */
  public LoadResult plus(LoadResult other) {
    Histogram both = nanos.copy();
    both.add(other.nanos);
    return new LoadResult(seconds + other.seconds, both);
  }

  /** The requests, each of which was answered with status 200. */
  public long requests() {
    return nanos.getTotalCount();
  }

  /** The time that this share of the requests did not exceed, in milliseconds. */
  public double millis(double percentile) {
    return nanos.getValueAtPercentile(percentile) / 1e6;
  }
}
