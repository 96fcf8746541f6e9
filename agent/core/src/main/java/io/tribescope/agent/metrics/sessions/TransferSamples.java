package io.tribescope.agent.metrics.sessions;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.TransferOutcome;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;

/** How nodes that start get the others' sessions. */
final class TransferSamples {
  private TransferSamples() {}

  static void add(Snapshots out, Labels labels, ContextRecord context) {
    for (TransferOutcome outcome : TransferOutcome.values()) {
      out.add(
          TransferFamilies.STATE_TRANSFERS,
          labels.add("outcome", LabelValue.of(outcome)),
          context.transfers(outcome));
    }
    Histograms.add(
        out, TransferFamilies.STATE_TRANSFER_SECONDS, labels, context.transferDurations());
    out.add(
        TransferFamilies.STATE_TRANSFER_SESSIONS,
        labels.add("side", "sent"),
        context.sessionsSent());
    out.add(
        TransferFamilies.STATE_TRANSFER_SESSIONS,
        labels.add("side", "received"),
        context.sessionsReceived());
  }
}
