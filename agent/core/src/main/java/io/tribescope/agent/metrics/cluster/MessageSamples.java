package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Snapshots;
import io.tribescope.agent.metrics.sessions.SessionMetric;
import io.tribescope.agent.recording.ChannelRecord;
import io.tribescope.agent.recording.ClockOffset;
import io.tribescope.agent.recording.Discard;
import io.tribescope.agent.recording.MessageType;
import io.tribescope.agent.recording.PeerRecord;
import io.tribescope.agent.recording.SendFailure;

/** What went between this node and its peers, and how late. */
public final class MessageSamples {
  private MessageSamples() {}

  public static void add(Snapshots out, Labels labels, ChannelRecord record) {
    out.add(ClusterMetric.SEND_SECONDS, labels, record.sends());
    out.add(ClusterMetric.APPLY_SECONDS, labels, record.applies());
    out.add(ClusterMetric.MESSAGES_FROM_STRANGERS, labels, record.strangers());
    for (PeerRecord peer : record.peers()) {
      Labels member = labels.add("member", peer.name());
      addSent(out, member, peer);
      if (peer.clock().estimate(System.nanoTime()) == null) {
        peer.forgetLags();
      }
      addReceived(out, member, peer);
      addClock(out, member, peer.clock());
      out.add(SessionMetric.REPLICATION_LAG, member, peer.lag());
    }
    PeerRecord other = record.other();
    Labels member = labels.add("member", other.name());
    if (other.wasSentTo()) {
      addSent(out, member, other);
    }
    if (other.receivedBytes() > 0 || other.duplicates() > 0) {
      addReceived(out, member, other);
    }
  }

  private static void addSent(Snapshots out, Labels member, PeerRecord peer) {
    for (boolean acknowledged : new boolean[] {false, true}) {
      Labels confirmed = member.add("confirmation", acknowledged ? "acknowledged" : "written");
      boolean used = false;
      for (MessageType type : MessageType.values()) {
        used |= peer.sent(type, acknowledged) > 0;
      }
      for (MessageType type : MessageType.values()) {
        if (used) {
          out.add(
              ClusterMetric.MESSAGES_SENT,
              confirmed.add("type", type.label()),
              peer.sent(type, acknowledged));
        }
      }
    }
    for (SendFailure reason : SendFailure.values()) {
      out.add(
          ClusterMetric.SEND_FAILURES, member.add("reason", reason.label()), peer.failed(reason));
    }
    out.add(ClusterMetric.SENT_BYTES, member, peer.sentBytes());
    Long missing = peer.missing();
    if (missing != null) {
      out.add(ClusterMetric.MESSAGES_MISSING, member, missing);
    }
  }

  private static void addReceived(Snapshots out, Labels member, PeerRecord peer) {
    for (MessageType type : MessageType.values()) {
      out.add(
          ClusterMetric.MESSAGES_RECEIVED, member.add("type", type.label()), peer.received(type));
    }
    for (Discard reason : Discard.values()) {
      out.add(
          ClusterMetric.MESSAGES_DISCARDED,
          member.add("reason", reason.label()),
          peer.discarded(reason));
    }
    out.add(ClusterMetric.MESSAGES_DUPLICATE, member, peer.duplicates());
    out.add(ClusterMetric.RECEIVED_BYTES, member, peer.receivedBytes());
    out.add(SessionMetric.LAG_UNKNOWN, member, peer.lagUnknown());
    Long applied = peer.lastAppliedMillis();
    if (applied != null) {
      out.add(SessionMetric.LAST_APPLIED, member, applied / 1e3);
    }
  }

  private static void addClock(Snapshots out, Labels member, ClockOffset clock) {
    long now = System.nanoTime();
    ClockOffset.Estimate estimate = clock.estimate(now);
    if (estimate != null) {
      out.add(ClusterMetric.CLOCK_OFFSET, member, estimate.offsetSeconds());
      out.add(ClusterMetric.CLOCK_OFFSET_ERROR, member, estimate.errorSeconds(now));
      out.add(ClusterMetric.ROUND_TRIP, member, estimate.roundTripSeconds());
    }
  }
}
