package io.tribescope.agent.metrics.sessions;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.FailoverOrigin;
import io.tribescope.agent.recording.sessions.FailoverOutcome;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;
import java.util.Collection;

/** Sessions that changed their owner, or have two. */
final class FailoverSamples {
  private FailoverSamples() {}

  static void add(
      Snapshots out, Labels labels, ContextRecord context, Collection<PeerRecord> peers) {
    for (FailoverOutcome outcome : FailoverOutcome.values()) {
      for (FailoverOrigin origin : FailoverOrigin.values()) {
        out.add(
            FailoverFamilies.FAILOVERS,
            labels.add("outcome", LabelValue.of(outcome)).add("origin", LabelValue.of(origin)),
            context.failovers(outcome, origin));
      }
    }
    for (PeerRecord peer : peers) {
      out.add(
          FailoverFamilies.OWNERSHIP_CONFLICTS,
          labels.add("member", peer.name()),
          context.conflicts(peer));
    }
  }
}
