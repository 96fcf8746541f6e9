package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.sessions.ContextRecord;
import org.jspecify.annotations.Nullable;

/**
 * The messages that one thread is delivering now, the innermost last: an interceptor may deliver
 * one from within another. Preallocated to a depth of eight; deeper ones are not recorded.
 */
final class Deliveries {
  private static final int DEPTH = 8;

  /** One delivery. Reused. */
  static final class Delivery implements Notes {
    final HookContext context;
    private final int level;
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
    @Nullable ContextRecord webapp;

    long sessionKey;

    private Delivery(HookContext context, int level) {
      this.context = context;
      this.level = level;
    }

    /** Whether it is not too deep: else nothing may be filled in, for all such share this. */
    boolean isRecorded() {
      return level < DEPTH;
    }

    void clear() {
      channel = null;
      peer = null;
      type = MessageType.OTHER;
      managerReached = false;
      handled = false;
      replay = false;
      sessionMet = false;
      sessionsMet = 0;
      webapp = null;
      sessionKey = 0;
      undeserializable = false;
    }
  }

  private final Delivery[] stack = new Delivery[DEPTH];

  /** Begun deeper than is recorded. */
  private final Delivery beyond;

  private int depth;

  Deliveries(HookContext context) {
    for (int i = 0; i < DEPTH; i++) {
      stack[i] = new Delivery(context, i);
    }
    beyond = new Delivery(context, DEPTH);
  }

  /** The next to begin, for its facts to be filled in. It is not current until {@link #begin}. */
  Delivery next() {
    Delivery next = depth < DEPTH ? stack[depth] : beyond;
    next.clear();
    return next;
  }

  /** From now on the next is the current one. */
  void begin() {
    depth++;
  }

  /** The innermost delivery; null outside of any, and where it is too deep. */
  @Nullable Delivery current() {
    return depth > 0 && depth <= DEPTH ? stack[depth - 1] : null;
  }

  /** The delivery ended, and with it whatever began within and did not end. */
  void end(Delivery ended) {
    depth = ended == beyond ? Math.max(DEPTH, depth - 1) : ended.level;
  }
}
