package io.tribescope.agent.recording.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * What one thread notes of a call, for each call of the kind that has not returned: a value that
 * writes to a cache while it is serialized sends a change within the sending of another. Each
 * level's notes are made when it is first reached, and used over and over. Of one thread.
 */
final class Nested<T> {
  /** Deeper ones are let go by unseen. */
  private static final int DEEPEST = 4;

  private final Supplier<T> notes;

  /** The first are for what comes outside of any such call. */
  private final List<T> levels = new ArrayList<>(DEEPEST + 1);

  /** In which nothing is ever begun. */
  private final T beyond;

  private int depth;

  Nested(Supplier<T> notes) {
    this.notes = notes;
    this.beyond = notes.get();
    levels.add(notes.get());
  }

  /** A call begins. Every one has to end, also one for whose notes there was no memory. */
  void enter() {
    depth++;
    if (depth <= DEEPEST && depth == levels.size()) {
      levels.add(notes.get());
    }
  }

  /** Whether notes can be begun for the call that has just been entered. */
  boolean isSeen() {
    return depth < levels.size();
  }

  /** The innermost call's. */
  T current() {
    return isSeen() ? levels.get(depth) : beyond;
  }

  /** The innermost call has returned; gives its notes. */
  T leave() {
    T left = current();
    if (depth > 0) {
      depth--;
    }
    return left;
  }
}
