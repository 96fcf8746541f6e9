package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.ClockOffset;
import io.tribescope.metrics.Snapshots;

/** How late the peers' changes are, by clocks that are compared. */
public final class LagSamples {
  private LagSamples() {}

  public static void add(Snapshots out, Labels labels, ChannelRecord record) {
    for (PeerRecord peer : record.peers()) {
      Labels member = labels.add("member", peer.name());
      if (peer.clock().estimate(System.nanoTime()) == null) {
        peer.lags().forget();
      }
      addApplied(out, member, peer);
      addClock(out, member, peer.clock());
      Histograms.add(out, LagFamilies.REPLICATION_LAG, member, peer.lags().known());
    }
    PeerRecord other = record.other();
    if (ReceiveSamples.wasHeard(other)) {
      addApplied(out, labels.add("member", other.name()), other);
    }
  }

  private static void addApplied(Snapshots out, Labels member, PeerRecord peer) {
    out.add(LagFamilies.LAG_UNKNOWN, member, peer.lags().unknown());
    Long applied = peer.lags().lastAppliedMillis();
    if (applied != null) {
      out.add(LagFamilies.LAST_APPLIED, member, applied / 1e3);
    }
  }

  private static void addClock(Snapshots out, Labels member, ClockOffset clock) {
    long now = System.nanoTime();
    ClockOffset.Estimate estimate = clock.estimate(now);
    if (estimate != null) {
      out.add(LagFamilies.CLOCK_OFFSET, member, estimate.offsetSeconds());
      out.add(LagFamilies.CLOCK_OFFSET_ERROR, member, estimate.errorSeconds(now));
      out.add(LagFamilies.ROUND_TRIP, member, estimate.roundTripSeconds());
    }
  }
}
