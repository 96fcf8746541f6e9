package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Notes;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one thread notes of a call, for each call of the kind that has not returned: a value that
 * writes to a cache while it is serialized sends a change within the sending of another. Each
 * level's notes are made when it is first reached, and used over and over. Of one thread.
 *
 * <p>A call hides the outer one from when it is entered, also one whose begin fails then: what is
 * reported within it is not the outer one's.
 */
final class Nested<T> {
  /** Deeper ones are let go by unseen. */
  private static final int DEEPEST = 4;

  private static final class Call<T> implements Notes {
    final T notes;
    boolean begun;

    Call(T notes) {
      this.notes = notes;
    }
  }

  private final Supplier<T> notes;

  /** The first is for what comes outside of any such call. */
  private final List<Call<T>> calls = new ArrayList<>(DEEPEST + 1);

  /** For all that are too deep, or had no memory: their notes are never begun. */
  private final Call<T> beyond;

  private int depth;

  Nested(Supplier<T> notes) {
    this.notes = notes;
    this.beyond = new Call<>(notes.get());
    calls.add(new Call<>(notes.get()));
  }

  /** A call is entered; gives its notes, to be filled in, or null where it is too deep. */
  @Nullable T enter() {
    depth++;
    if (depth == calls.size() && depth <= DEEPEST) {
      calls.add(new Call<>(notes.get()));
    }
    if (depth >= calls.size()) {
      return null;
    }
    Call<T> entered = calls.get(depth);
    entered.begun = false;
    return entered.notes;
  }

  /** The call that was entered has begun, and this was the last act of its begin. */
  Notes begun() {
    Call<T> call = innermost();
    call.begun = true;
    return call;
  }

  /** The innermost call's. */
  T current() {
    return innermost().notes;
  }

  private Call<T> innermost() {
    return depth < calls.size() ? calls.get(depth) : beyond;
  }

  /**
   * A call has returned, and with it whatever was entered within and did not end; gives its notes,
   * null where there are none. One whose begin failed is left if it was entered before that.
   *
   * @param begun what {@link #begun} gave out, null when the begin failed
   */
  @Nullable T leave(@Nullable Notes begun) {
    if (begun == null) {
      if (depth > 0 && depth <= DEEPEST && !innermost().begun) {
        depth--;
      }
      return null;
    }
    for (int level = 1; level < calls.size(); level++) {
      Call<T> call = calls.get(level);
      if (call == begun) {
        depth = level - 1;
        return call.notes;
      }
    }
    beyond.begun = false;
    depth = Math.max(0, depth - 1);
    return null;
  }
}
