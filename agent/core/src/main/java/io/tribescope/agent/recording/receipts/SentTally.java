package io.tribescope.agent.recording.receipts;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What was handed over to one peer in its present life, by the seconds of the messages' timestamps,
 * and what its receipts say of it. A new life of the peer, or a step of our clock, begins another
 * tally. Adding is lock-free and allocates nothing; answers are for any thread.
 */
public final class SentTally {
  /** What is known of the messages of one second, of those handed over until now. */
  public enum State {
    /** Not yet known, or something was handed over since it was. */
    OPEN,
    /** All that completed (were written or acknowledged) arrived. */
    CONFIRMED,
    /** Some that completed never arrived. */
    MISSING,
    /** It will never be known. */
    UNKNOWN
  }

  /** What was made of a second, at the numbers that it then had. Immutable. */
  static final class Verdict {
    final long second;
    final long certainWord;
    final long doubtfulWord;
    final State state;
    final int received;
    final long receivedSum;
    final long atNanos;
    final boolean doubtfulArrived;
    final long missingId;

    /** Missing messages of this second that were counted until now. */
    final int counted;

    Verdict(
        AskedSecond asked,
        State state,
        int received,
        long receivedSum,
        long atNanos,
        boolean doubtfulArrived,
        long missingId,
        int counted) {
      this.second = asked.second;
      this.certainWord = asked.certain.word;
      this.doubtfulWord = asked.doubtful.word;
      this.state = state;
      this.received = received;
      this.receivedSum = receivedSum;
      this.atNanos = atNanos;
      this.doubtfulArrived = doubtfulArrived;
      this.missingId = missingId;
      this.counted = counted;
    }

    boolean isOf(AskedSecond asked) {
      return second == asked.second
          && certainWord == asked.certain.word
          && doubtfulWord == asked.doubtful.word;
    }
  }

  /** A second as it stood before the peer was asked about it. Immutable. */
  static final class AskedSecond {
    final long second;
    final SecondRing.Reading certain;
    final SecondRing.Reading doubtful;

    /** Since when nothing has been added to it, by the monotonic clock. */
    final long calmSinceNanos;

    AskedSecond(
        long second, SecondRing.Reading certain, SecondRing.Reading doubtful, long calmSinceNanos) {
      this.second = second;
      this.certain = certain;
      this.doubtful = doubtful;
      this.calmSinceNanos = calmSinceNanos;
    }
  }

  public final SecondRing certain = new SecondRing();
  public final SecondRing doubtful = new SecondRing();
  final AtomicReferenceArray<@Nullable Verdict> verdicts =
      new AtomicReferenceArray<>(SecondRing.SECONDS);
  private final Settlement settlement = new Settlement(this);
  private final @Nullable Verdict[] taken = new Verdict[SecondRing.SECONDS];

  /** Completed for the peer. */
  public void completed(long timestampMillis, long idHash) {
    certain.add(timestampMillis, idHash);
  }

  /** Failed for the peer, but may have arrived. */
  public void doubted(long timestampMillis, long idHash) {
    doubtful.add(timestampMillis, idHash);
  }

  /** For the probing thread. */
  public Settlement settlement() {
    return settlement;
  }

  /**
   * What is known of what was handed over with timestamps of that second, until now: a message that
   * still waits in a queue is not among it.
   *
   * @param second since the epoch, by this node's clock
   */
  public State state(long second) {
    Verdict verdict = verdict(second);
    if (verdict != null) {
      return verdict.state;
    }
    return second == secondAt(SecondRing.slot(second)) ? State.OPEN : State.UNKNOWN;
  }

  /** Whether nothing of that second arrived, though something was handed over. */
  public boolean allMissing(long second) {
    Verdict verdict = verdict(second);
    return verdict != null && verdict.state == State.MISSING && verdict.received == 0;
  }

  /** The hash of the message's id when exactly one of that second is missing, else 0. */
  public long missingId(long second) {
    Verdict verdict = verdict(second);
    return verdict == null ? 0 : verdict.missingId;
  }

  /** Whether also those that were doubtful, sent without an acknowledgement in time, arrived. */
  public boolean doubtfulArrived(long second) {
    Verdict verdict = verdict(second);
    return verdict != null && verdict.doubtfulArrived;
  }

  /** Whether anything was handed over with timestamps of that second. */
  public boolean holds(long second) {
    return second == secondAt(SecondRing.slot(second));
  }

  /** Names each second that was found to be short since the last time. For the probing thread. */
  public void takeMissing(LongConsumer second) {
    for (int slot = 0; slot < taken.length; slot++) {
      Verdict verdict = verdicts.get(slot);
      if (verdict != null && verdict.state == State.MISSING && verdict != taken[slot]) {
        taken[slot] = verdict;
        second.accept(verdict.second);
      }
    }
  }

  /** The verdict on what that second holds now. */
  private @Nullable Verdict verdict(long second) {
    Verdict verdict = verdicts.get(SecondRing.slot(second));
    return verdict != null
            && verdict.second == second
            && unchanged(second, verdict.certainWord, verdict.doubtfulWord)
        ? verdict
        : null;
  }

  /** Whether nothing was added since that was read. */
  boolean standsAs(AskedSecond asked) {
    return unchanged(asked.second, asked.certain.word, asked.doubtful.word);
  }

  private boolean unchanged(long second, long certainWord, long doubtfulWord) {
    return certain.unchanged(second, certainWord) && doubtful.unchanged(second, doubtfulWord);
  }

  /** The second that a slot stands for now; 0 for none. */
  long secondAt(int slot) {
    return Math.max(certain.secondAt(slot), doubtful.secondAt(slot));
  }
}
