package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Snapshots;
import io.tribescope.agent.recording.QueueRecord;
import io.tribescope.agent.tomcat.DispatchQueue;

/** What waits to be sent. Nothing of a channel that sends all its messages at once. */
public final class QueueSamples {
  private QueueSamples() {}

  public static void add(Snapshots out, Labels labels, QueueRecord record, Object channel) {
    DispatchQueue queue = DispatchQueue.of(channel);
    if (queue == null) {
      return;
    }
    out.add(ClusterMetric.QUEUE_WAIT_SECONDS, labels, record.waits());
    out.add(ClusterMetric.QUEUE_MESSAGES, labels, record.messages());
    out.add(ClusterMetric.QUEUE_BYTES, labels, queue.bytes());
    out.add(ClusterMetric.QUEUE_CAPACITY_BYTES, labels, queue.capacityBytes());
    out.add(ClusterMetric.QUEUE_DISCARDED, labels.add("reason", "full"), record.discardedFull());
    out.add(
        ClusterMetric.QUEUE_DISCARDED,
        labels.add("reason", "shutdown"),
        record.discardedAtShutdown());
  }
}
