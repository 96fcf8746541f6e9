package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;

/** What came from this node's peers, and what became of it. */
public final class ReceiveSamples {
  private ReceiveSamples() {}

  public static void add(Snapshots out, Labels labels, ChannelRecord record) {
    Histograms.add(out, ReceiveFamilies.APPLY_SECONDS, labels, record.applies());
    out.add(ReceiveFamilies.MESSAGES_FROM_STRANGERS, labels, record.strangers());
    for (PeerRecord peer : record.peers()) {
      addPeer(out, labels.add("member", peer.name()), peer);
    }
    PeerRecord other = record.other();
    if (wasHeard(other)) {
      addPeer(out, labels.add("member", other.name()), other);
    }
  }

  /**
   * @param seconds for which the receiver has now been waiting; 0 when it is not
   */
  public static void addWait(Snapshots out, Labels labels, double seconds) {
    out.add(ReceiveFamilies.RECEIVER_WAIT_SECONDS, labels, seconds);
  }

  static boolean wasHeard(PeerRecord peer) {
    return peer.receivedBytes() > 0 || peer.duplicates() > 0;
  }

  private static void addPeer(Snapshots out, Labels member, PeerRecord peer) {
    for (MessageType type : MessageType.values()) {
      out.add(
          ReceiveFamilies.MESSAGES_RECEIVED,
          member.add("type", LabelValue.of(type)),
          peer.received(type));
    }
    for (Discard reason : Discard.values()) {
      out.add(
          ReceiveFamilies.MESSAGES_DISCARDED,
          member.add("reason", LabelValue.of(reason)),
          peer.discarded(reason));
    }
    out.add(ReceiveFamilies.MESSAGES_DUPLICATE, member, peer.duplicates());
    out.add(ReceiveFamilies.RECEIVED_BYTES, member, peer.receivedBytes());
  }
}
