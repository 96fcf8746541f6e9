package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.messages.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * The message that the cluster is sending on one thread. The cluster's sends are overloads that
 * call each other; the outermost speaks for all. Preallocated; what is kept is of the agent alone.
 */
final class ClusterSends {
  /** The last level stands for all that are deeper. */
  private static final int DEPTH = 4;

  /** One of the calls within each other. */
  static final class Send implements Notes {
    final HookContext context;
    private final int level;

    private Send(HookContext context, int level) {
      this.context = context;
      this.level = level;
    }
  }

  private final Send[] levels = new Send[DEPTH];
  private int depth;

  /** The event of the session message, or -1. */
  int event = -1;

  /** What the message does to a session; 0 for nothing tracked. */
  long change;

  /** On which channel; null for nothing tracked. */
  @Nullable ChannelRecord channel;

  /** Whether the channel gave the message an id: without a member it is never made. */
  boolean identified;

  /** Whether handing the message to the channel failed. */
  boolean refused;

  /** Whether it went to the network within the cluster's send. */
  boolean transmitted;

  ClusterSends(HookContext context) {
    for (int level = 0; level < DEPTH; level++) {
      levels[level] = new Send(context, level);
    }
  }

  boolean isOutermost() {
    return depth == 0;
  }

  /** The outermost begins. */
  Send begin(int sessionEvent, @Nullable ChannelRecord on, long what) {
    event = sessionEvent;
    channel = on;
    change = what;
    identified = false;
    refused = false;
    transmitted = false;
    depth = 1;
    return levels[0];
  }

  /** One within another begins. */
  Send beginWithin() {
    Send send = levels[Math.min(depth, DEPTH - 1)];
    depth = send.level + 1;
    return send;
  }

  /**
   * A send has ended, and with it whatever began within and did not end.
   *
   * @return whether it was the outermost
   */
  boolean end(Send send) {
    depth = send.level;
    return depth == 0;
  }

  /** Nobody knows any more what is being sent, or where it goes. */
  void loseSight() {
    ChannelRecord on = channel;
    if (on != null && change != 0 && MessageType.ofSessionEvent(event).isChange()) {
      on.sessions().lostSight(change, on.known());
    }
    forget();
  }

  /** Nothing is being sent. */
  void forget() {
    depth = 0;
    event = -1;
    change = 0;
    channel = null;
  }
}
