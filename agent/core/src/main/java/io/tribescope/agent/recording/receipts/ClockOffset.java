package io.tribescope.agent.recording.receipts;

import org.jspecify.annotations.Nullable;

/**
 * How far a peer's clock is from ours, with a bound on the error.
 *
 * <h2>The idea</h2>
 *
 * <p>One exchange brings four timestamps (NTP, RFC 5905): sent and answered by our clock, received
 * and sent back by the peer's. The peer's clock minus ours is the mean of what the two ways show,
 * if both take equally long. They may not, but the truth is never off by more than half the round
 * trip. So the exchange with the shortest round trip says most. Of the last eight the one with the
 * tightest bound is taken, where the bound of an older one grows by what two clocks may drift
 * apart.
 *
 * <p>A new exchange that contradicts the estimate by more than both bounds proves that a clock was
 * set: all is forgotten then, and counted as a reset. The same goes for a silence after which the
 * estimate had expired, and for a new life of the peer: its clock may be another one. The first
 * exchange of all counts as a reset, too, for nothing was known before it.
 *
 * <p>The asymmetry of a path within the bound cannot be observed. {@link #accept} and {@link
 * #reset} are called by one thread; {@link #estimate} by any, and allocates nothing.
 */
public final class ClockOffset {
  private static final int WINDOW = 8;

  /** How fast two clocks may drift apart. Quartz is good to 50 ppm; two of them to 100. */
  private static final double DRIFT = 100e-6;

  private static final long LONGEST_ROUND_TRIP_NANOS = 10_000_000_000L;

  private final long[] offsets = new long[WINDOW];
  private final long[] roundTrips = new long[WINDOW];
  private final long[] times = new long[WINDOW];
  private int count;
  private int next;
  private volatile @Nullable Estimate estimate;
  private int resets;

  /** A known offset. Immutable. */
  public static final class Estimate {
    private static final long TIMESTAMP_GRANULARITY_NANOS = 1_000_000L;
    public final long offsetNanos;
    private final long roundTripNanos;
    private final long atNanos;
    private final long expiresNanos;

    private Estimate(long offsetNanos, long roundTripNanos, long atNanos, long expiresNanos) {
      this.offsetNanos = offsetNanos;
      this.roundTripNanos = roundTripNanos;
      this.atNanos = atNanos;
      this.expiresNanos = expiresNanos;
    }

    boolean knownAt(long nanoTime) {
      return nanoTime - expiresNanos < 0;
    }

    /** The peer's clock minus ours. */
    public double offsetSeconds() {
      return offsetNanos / 1e9;
    }

    /**
     * The bound on the error of a lag: half the round trip, drift since, and 1 ms of Tribes'
     * timestamps.
     */
    public double errorSeconds(long nanoTime) {
      return (boundNanos(nanoTime) + TIMESTAMP_GRANULARITY_NANOS) / 1e9;
    }

    public double roundTripSeconds() {
      return roundTripNanos / 1e9;
    }

    public double boundNanos(long nanoTime) {
      return roundTripNanos / 2.0 + Math.max(0, nanoTime - atNanos) * DRIFT;
    }
  }

  /** The offset as known at {@code nanoTime}, or null. Allocates nothing. */
  public @Nullable Estimate estimate(long nanoTime) {
    Estimate current = estimate;
    return current != null && current.knownAt(nanoTime) ? current : null;
  }

  /** Says no more, from any thread, until {@link #reset} or the next exchange. */
  public void doubt() {
    estimate = null;
  }

  /** How often there was no telling from what was known before. For the accepting thread. */
  public int resets() {
    return resets;
  }

  /** Forgets everything, as after a step of our own clock or a new life of the peer. */
  public void reset() {
    resets++;
    count = 0;
    next = 0;
    estimate = null;
  }

  /**
   * Takes the timestamps of one exchange: {@code sent} and {@code answered} by our clock, {@code
   * peerReceived} and {@code peerSent} by the peer's, all in nanoseconds since the epoch.
   *
   * @return false when they contradict themselves, and nothing was taken
   * @see #resets
   */
  public boolean accept(
      long sent,
      long peerReceived,
      long peerSent,
      long answered,
      long nanoTime,
      long validForNanos) {
    long roundTrip = answered - sent - (peerSent - peerReceived);
    if (answered < sent
        || peerSent < peerReceived
        || peerSent - peerReceived > LONGEST_ROUND_TRIP_NANOS
        || roundTrip < 0
        || roundTrip > LONGEST_ROUND_TRIP_NANOS) {
      return false;
    }
    long offset = (peerReceived - sent) / 2 + (peerSent - answered) / 2;
    Estimate before = estimate(nanoTime);
    if (before == null
        || Math.abs(offset - before.offsetNanos) > roundTrip / 2.0 + before.boundNanos(nanoTime)) {
      // Both bounds hold for any path: only a clock that was set can contradict them. And what was
      // measured before a silence, or of another life, may be of a clock that has been set since.
      reset();
    }
    offsets[next] = offset;
    roundTrips[next] = roundTrip;
    times[next] = nanoTime;
    next = (next + 1) % WINDOW;
    count = Math.min(count + 1, WINDOW);
    estimate = best(nanoTime, nanoTime + validForNanos);
    return true;
  }

  private Estimate best(long nanoTime, long expires) {
    int best = 0;
    double bestBound = Double.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      double bound = roundTrips[i] / 2.0 + (nanoTime - times[i]) * DRIFT;
      if (bound < bestBound) {
        bestBound = bound;
        best = i;
      }
    }
    return new Estimate(offsets[best], roundTrips[best], times[best], expires);
  }
}
