package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.recording.messages.QueueRecord;
import io.tribescope.agent.tomcat.DispatchQueue;
import io.tribescope.metrics.Snapshots;

/** What waits to be sent. Nothing of a channel that sends all its messages at once. */
public final class QueueSamples {
  private QueueSamples() {}

  public static void add(Snapshots out, Labels labels, QueueRecord record, Object channel) {
    DispatchQueue queue = DispatchQueue.of(channel);
    if (queue == null) {
      return;
    }
    Histograms.add(out, QueueFamilies.QUEUE_WAIT_SECONDS, labels, record.waits());
    out.add(QueueFamilies.QUEUE_MESSAGES, labels, record.messages());
    out.add(QueueFamilies.QUEUE_BYTES, labels, queue.bytes());
    out.add(QueueFamilies.QUEUE_CAPACITY_BYTES, labels, queue.capacityBytes());
    out.add(QueueFamilies.QUEUE_DISCARDED, labels.add("reason", "full"), record.discardedFull());
    out.add(
        QueueFamilies.QUEUE_DISCARDED,
        labels.add("reason", "shutdown"),
        record.discardedAtShutdown());
  }
}
