package io.tribescope.agent.recording.channels;

import io.tribescope.agent.recording.members.PeerRecord;

/** Hears of receipts, in the probing thread, after what they say was taken over. */
public interface ReceiptListener {
  /**
   * @param peer whose {@link PeerRecord#sentTally} has news
   */
  void receipts(ChannelRecord channel, PeerRecord peer);
}
