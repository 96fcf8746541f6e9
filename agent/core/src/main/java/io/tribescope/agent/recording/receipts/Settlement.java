package io.tribescope.agent.recording.receipts;

import io.tribescope.agent.recording.receipts.SentTally.AskedSecond;
import io.tribescope.agent.recording.receipts.SentTally.State;
import io.tribescope.agent.recording.receipts.SentTally.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was handed over to a peer with what the peer says came, second by second of our
 * timestamps, until each second is decided.
 *
 * <h2>How a second is decided</h2>
 *
 * <pre>
 * numbers equal, sums equal                          CONFIRMED
 * equal without what was doubtful, calm for 30 s     CONFIRMED, doubtful ones not
 * fewer came, calm for 30 s, twice, 2 s apart        MISSING: so many at least; which, if it is one
 * as many or more came, sums differ, calm for 30 s   UNKNOWN
 * a slot was dirty, calm for 30 s                    UNKNOWN
 * the peer began to record after that second         UNKNOWN
 * anything else                                      OPEN: it is asked about again
 * </pre>
 *
 * <p>Calm means that nothing more was handed over for the second. A message may wait that long in a
 * queue, in a socket or in a frozen peer's; and a peer that comes out of a freeze answers before it
 * has emptied its sockets, hence the second look. Only numbers from before the question are
 * compared: what arrived since can only be more. Doubtful is what failed here and may have arrived.
 *
 * <p>A second that passes on its slot undecided (256 s) is never counted as missing. For the
 * probing thread alone; {@link SentTally} hands out the verdicts to all.
 */
public final class Settlement {
  /** How often a peer is asked, with up to {@link #PEERS_AN_INTERVAL} peers. */
  public static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** With more of them each is asked once in several intervals. */
  public static final int PEERS_AN_INTERVAL = 8;

  /** As long a message may well be on its way, in a queue, in a socket or in a frozen peer's. */
  private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(30);

  /**
   * A peer that comes out of a freeze answers before it has emptied its sockets: what is missing
   * must still be after so long.
   */
  private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** By so much the clock that stamps messages can differ from ours. */
  private static final long EDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final SentTally tally;
  private final @Nullable AskedSecond[] seen = new AskedSecond[SecondRing.SECONDS];

  Settlement(SentTally tally) {
    this.tally = tally;
  }

  /**
   * How long after its sending a message is at most known to be missing, unless answers are late or
   * lost: its second passes, and then, and after each span, it waits for the next question.
   */
  public static long settledWithinNanos(int peers) {
    int rounds = Math.max(1, (peers + PEERS_AN_INTERVAL - 1) / PEERS_AN_INTERVAL);
    return SECOND_NANOS + CALM_NANOS + AGAIN_NANOS + 3 * INTERVAL_NANOS * rounds;
  }

  /** What was open when the peer was asked. Immutable. */
  public static final class Asked {
    private final List<AskedSecond> seconds;
    private final long atNanos;
    private final long oldest;

    private Asked(List<AskedSecond> seconds, long atNanos, long oldest) {
      this.seconds = seconds;
      this.atNanos = atNanos;
      this.oldest = oldest;
    }

    /** The first second to ask about. */
    public long oldest() {
      return oldest;
    }
  }

  /** Reads what is open; to be called before the question is sent. */
  public Asked ask(long wallNanos, long nanoTime) {
    List<AskedSecond> open = new ArrayList<>();
    // A second is asked about when it is over.
    long present = (wallNanos - EDGE_NANOS) / SECOND_NANOS;
    long oldest = present;
    for (int slot = 0; slot < SecondRing.SECONDS; slot++) {
      long second = tally.secondAt(slot);
      if (second == 0 || second >= present || tally.state(second) != State.OPEN) {
        continue;
      }
      AskedSecond asked = seen[slot];
      if (asked == null || asked.second != second || !tally.standsAs(asked)) {
        asked =
            new AskedSecond(
                second, tally.certain.read(second), tally.doubtful.read(second), nanoTime);
        seen[slot] = asked;
      }
      open.add(asked);
      oldest = Math.min(oldest, second);
    }
    return new Asked(open, nanoTime, oldest);
  }

  /**
   * Takes the peer's answer.
   *
   * @param wallNanos when it came, by our clock
   * @param nanoTime the same by the monotonic clock
   * @return how many messages are now known to be missing that were not before
   */
  public int settle(Asked asked, Receipts receipts, long wallNanos, long nanoTime) {
    // The answer was under way for a while: the peer began earlier than this, if anything.
    long recordedSince = wallNanos - receipts.recordedForNanos() + EDGE_NANOS;
    int missing = 0;
    for (AskedSecond second : asked.seconds) {
      if (second.second > receipts.through()) {
        continue;
      }
      int slot = SecondRing.slot(second.second);
      Verdict before = tally.verdicts.get(slot);
      int counted = before != null && before.second == second.second ? before.counted : 0;
      Verdict verdict;
      if (second.second * SECOND_NANOS < recordedSince) {
        verdict = new Verdict(second, State.UNKNOWN, 0, 0, nanoTime, false, 0, counted);
      } else {
        verdict = judge(second, receipts, before, asked.atNanos, nanoTime, counted);
      }
      if (verdict != null) {
        tally.verdicts.set(slot, verdict);
        missing += verdict.counted - counted;
      }
    }
    return missing;
  }

  /** Null when there is nothing new to say. */
  private static @Nullable Verdict judge(
      AskedSecond asked,
      Receipts receipts,
      @Nullable Verdict before,
      long askedNanos,
      long nanoTime,
      int counted) {
    int index = receipts.indexOf(asked.second);
    int count = index < 0 ? 0 : receipts.count(index);
    long sum = index < 0 ? 0 : receipts.sum(index);
    int sent = asked.certain.count;
    int doubtful = asked.doubtful.count;
    boolean readable = sent >= 0 && doubtful >= 0 && count >= 0;
    boolean all =
        readable && count == sent + doubtful && sum == asked.certain.sum + asked.doubtful.sum;
    boolean calm = askedNanos - asked.calmSinceNanos >= CALM_NANOS;
    boolean certain = readable && count == sent && sum == asked.certain.sum;
    // What is doubtful may still come: while it may, the second is asked about again.
    if (all || (certain && calm)) {
      return new Verdict(asked, State.CONFIRMED, count, sum, nanoTime, all, 0, counted);
    }
    if (!calm) {
      return null;
    }
    if (!readable || count >= sent) {
      return new Verdict(asked, State.UNKNOWN, 0, 0, nanoTime, false, 0, counted);
    }
    if (before == null
        || !before.isOf(asked)
        || before.received != count
        || before.receivedSum != sum) {
      return new Verdict(asked, State.OPEN, count, sum, nanoTime, false, 0, counted);
    }
    if (askedNanos - before.atNanos < AGAIN_NANOS) {
      return null;
    }
    int missing = sent - count;
    long id = missing == 1 && doubtful == 0 ? asked.certain.sum - sum : 0;
    return new Verdict(
        asked, State.MISSING, count, sum, nanoTime, false, id, Math.max(counted, missing));
  }
}
