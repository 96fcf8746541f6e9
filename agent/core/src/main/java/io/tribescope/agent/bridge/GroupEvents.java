package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/**
 * The queues of JGroups, which all caches of a manager share. {@code peer} stands for the group,
 * and is one for each manager; a cache is known by its name there.
 */
public interface GroupEvents {
  GroupEvents NONE = new GroupEvents() {};

  /** A change of that cache is about to wait in a queue. */
  default void groupQueueing(Object peer, String cache) {}

  /** It could not be put there. */
  default void groupUnqueued(Object peer, String cache) {}

  /** A change was thrown away, because the group was left. */
  default void groupRefused(Object peer, String cache) {}

  /** A change was taken from a queue; {@code valid} unless its element is gone. */
  default void groupPolled(String cache, boolean valid, Object peer) {}

  /** A change is in what is about to be sent to the group. */
  default void groupHanding(Object peer, String cache, int operation) {}

  /** A queue was emptied; {@code failure} is what that threw. */
  default void groupFlushed(@Nullable Throwable failure) {}

  /** The group was left; what waited in its queues was flushed once before. */
  default void groupDisposed(Object peer) {}
}
