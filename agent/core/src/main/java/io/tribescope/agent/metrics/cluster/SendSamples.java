package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.SendFailure;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;

/** What this node sent to its peers. */
public final class SendSamples {
  private SendSamples() {}

  public static void add(Snapshots out, Labels labels, ChannelRecord record) {
    Histograms.add(out, SendFamilies.SEND_SECONDS, labels, record.sends());
    for (PeerRecord peer : record.peers()) {
      addPeer(out, labels.add("member", peer.name()), peer);
    }
    PeerRecord other = record.other();
    if (other.wasSentTo()) {
      addPeer(out, labels.add("member", other.name()), other);
    }
  }

  private static void addPeer(Snapshots out, Labels member, PeerRecord peer) {
    for (boolean acknowledged : new boolean[] {false, true}) {
      Labels confirmed = member.add("confirmation", acknowledged ? "acknowledged" : "written");
      boolean used = false;
      for (MessageType type : MessageType.values()) {
        used |= peer.sent(type, acknowledged) > 0;
      }
      for (MessageType type : MessageType.values()) {
        if (used) {
          out.add(
              SendFamilies.MESSAGES_SENT,
              confirmed.add("type", LabelValue.of(type)),
              peer.sent(type, acknowledged));
        }
      }
    }
    for (SendFailure reason : SendFailure.values()) {
      out.add(
          SendFamilies.SEND_FAILURES,
          member.add("reason", LabelValue.of(reason)),
          peer.failed(reason));
    }
    out.add(SendFamilies.SENT_BYTES, member, peer.sentBytes());
    Long missing = peer.missing();
    if (missing != null) {
      out.add(SendFamilies.MESSAGES_MISSING, member, missing);
    }
  }
}
