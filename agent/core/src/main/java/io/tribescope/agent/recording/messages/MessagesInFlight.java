package io.tribescope.agent.recording.messages;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The type and the time of each message, and what it does to a session, between its submission and
 * its way to the network, by the message's id: with asynchronous options another thread sends it,
 * and by then its content is bytes.
 *
 * <p>A message that was sent is still found for 100 ms, since an interceptor may split it into
 * several sends. Then its place is free again; in the last level at once.
 *
 * <p>The places lie in three levels. The second and the third are made when a message finds no room
 * in those before, by the thread that submits it: twice in the life of a JVM. A few messages on
 * their way, as nearly always, thus lie on few pages of memory. In one table for the largest queue
 * each message had a page of its own, and to touch a cold page takes longer than all else that is
 * recorded of a message (docs/decisions/0006).
 *
 * <p>Bounded: 151,552 messages, 4.6 MiB. The asynchronous queue holds 64 MiB by default, and a
 * message is seldom under 500 bytes. Lock-free; allocates nothing but its levels.
 */
public final class MessagesInFlight {
  private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int[] capacities;
  private final AtomicReferenceArray<@Nullable MessageLevel> levels;
  private volatile boolean saturated;

  public MessagesInFlight() {
    this(1 << 12, 1 << 14, 1 << 17);
  }

  /**
   * @param capacities of the levels, powers of two from eight on
   */
  MessagesInFlight(int... capacities) {
    this.capacities = capacities;
    levels = new AtomicReferenceArray<>(capacities.length);
    level(0);
  }

  private MessageLevel level(int number) {
    while (true) {
      MessageLevel level = levels.get(number);
      if (level != null) {
        return level;
      }
      levels.compareAndSet(number, null, new MessageLevel(capacities[number]));
    }
  }

  /**
   * @param change the handle of a change of a session, a part of a state transfer, or 0; the rooms
   *     above tell by the type which it is
   * @param now by the monotonic clock
   */
  public void put(long id, MessageType type, long change, long now) {
    int last = capacities.length - 1;
    for (int number = 0; number <= last; number++) {
      if (level(number).put(id, type, change, now, number == last ? 0 : KEPT_NANOS)) {
        return;
      }
    }
    saturated = true;
    level(last).replace(id, type, change, now);
  }

  /**
   * Reads what was put under this id: to one thread it is the first time, whoever comes at once.
   *
   * @param now by the monotonic clock
   */
  public void spend(long id, long now, Submission into) {
    into.clear();
    for (int number = 0; number < capacities.length; number++) {
      MessageLevel level = levels.get(number);
      if (level == null || level.spend(id, now, into)) {
        return;
      }
    }
  }

  /** Whether a type was ever lost because too many messages were on their way. */
  public boolean saturated() {
    return saturated;
  }
}
