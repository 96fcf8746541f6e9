package io.tribescope.agent.recording.receipts;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A peer's word on what came to it from us, by the seconds of our timestamps. A second up to {@link
 * #through} that is not listed brought nothing. Immutable.
 */
public final class Receipts {
  /** Seconds that are listed at most. */
  public static final int LIMIT = 64;

  private final long recordedForNanos;
  private final long through;
  private final long[] seconds;
  private final int[] counts;
  private final long[] sums;

  private Receipts(long recordedForNanos, long through, long[] seconds, int[] counts, long[] sums) {
    this.recordedForNanos = recordedForNanos;
    this.through = through;
    this.seconds = seconds;
    this.counts = counts;
    this.sums = sums;
  }

  /** How long the peer has been recording what we send, when it answered. */
  public long recordedForNanos() {
    return recordedForNanos;
  }

  /** The last second that this speaks of. */
  public long through() {
    return through;
  }

  public int size() {
    return seconds.length;
  }

  public long second(int index) {
    return seconds[index];
  }

  /** Messages that came; -1 when the peer cannot tell. */
  public int count(int index) {
    return counts[index];
  }

  /** Of the hashes of their ids. */
  public long sum(int index) {
    return sums[index];
  }

  /** Where that second is listed; negative when it is not. */
  int indexOf(long second) {
    return Arrays.binarySearch(seconds, second);
  }

  /** Takes seconds in ascending order. */
  public static final class Builder {
    private final long recordedForNanos;
    private final long[] seconds = new long[LIMIT];
    private final int[] counts = new int[LIMIT];
    private final long[] sums = new long[LIMIT];
    private int size;
    private long through = -1;

    public Builder(long recordedForNanos) {
      this.recordedForNanos = recordedForNanos;
    }

    /** Returns false when there is no more room, or it cannot be. */
    public boolean add(long second, int count, long sum) {
      if (size == LIMIT || second < 0 || count < -1 || (size > 0 && second <= seconds[size - 1])) {
        return false;
      }
      seconds[size] = second;
      counts[size] = count;
      sums[size++] = sum;
      return true;
    }

    public void through(long second) {
      through = second;
    }

    public Receipts build() {
      return new Receipts(
          recordedForNanos,
          through,
          Arrays.copyOf(seconds, size),
          Arrays.copyOf(counts, size),
          Arrays.copyOf(sums, size));
    }

    /** Null when what was taken contradicts itself. */
    public @Nullable Receipts buildChecked() {
      return recordedForNanos < 0 || (size > 0 && seconds[size - 1] > through) ? null : build();
    }
  }
}
