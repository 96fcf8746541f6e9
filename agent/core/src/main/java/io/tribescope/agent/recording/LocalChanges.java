package io.tribescope.agent.recording;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionTable;

/** Changes that are made to sessions on this node, as they begin. */
final class LocalChanges {
  private final WallClock clock;

  LocalChanges(WallClock clock) {
    this.clock = clock;
  }

  /**
   * A change is about to be sent.
   *
   * @return its handle in the channel's {@link SessionTable}; 0 when there is no room
   */
  long begin(ChannelRecord channel, ContextRecord context, long sessionKey) {
    return channel
        .sessions()
        .changed(
            sessionKey, context.index(), System.nanoTime(), clock.wallMillis(), channel.known());
  }

  /** A change was made that goes to nobody. */
  void forNobody(ChannelRecord channel, ContextRecord context, long sessionKey) {
    channel.sessions().sent(begin(channel, context, sessionKey), channel.known());
  }
}
