package io.tribescope.agent.recording;

import org.jspecify.annotations.Nullable;

/**
 * The messages that one thread is delivering now, the innermost last: an interceptor may deliver
 * one from within another. Preallocated to a depth of eight; deeper ones are not recorded.
 */
final class Deliveries {
  private static final int DEPTH = 8;

  /** One delivery. Reused. */
  static final class Delivery {
    @Nullable ChannelRecord channel;
    @Nullable PeerRecord peer;
    long timestampMillis;
    long startNanos;
    int bytes;
    boolean duplicate;
    MessageType type = MessageType.OTHER;
    boolean managerReached;
    boolean handled;

    /** Not a delivery, but what one had put aside. */
    boolean replay;

    boolean sessionMet;

    /** How many sessions the handler has met: those of a state transfer. */
    int sessionsMet;

    boolean undeserializable;

    /** The session that the message is about, if its context is known. */
    @Nullable ContextRecord context;

    long sessionKey;

    private void clear() {
      channel = null;
      peer = null;
      type = MessageType.OTHER;
      managerReached = false;
      handled = false;
      replay = false;
      sessionMet = false;
      sessionsMet = 0;
      context = null;
      sessionKey = 0;
      undeserializable = false;
    }
  }

  private final Delivery[] stack = new Delivery[DEPTH];
  private int depth;

  Deliveries() {
    for (int i = 0; i < DEPTH; i++) {
      stack[i] = new Delivery();
    }
  }

  @Nullable Delivery push() {
    int level = depth++;
    if (level >= DEPTH) {
      return null;
    }
    stack[level].clear();
    return stack[level];
  }

  /** The innermost delivery; null outside of any. */
  @Nullable Delivery current() {
    return depth > 0 && depth <= DEPTH ? stack[depth - 1] : null;
  }

  void pop() {
    if (depth > 0) {
      depth--;
      if (depth < DEPTH) {
        stack[depth].clear();
      }
    }
  }
}
