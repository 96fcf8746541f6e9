package io.tribescope.agent.metrics.cluster;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.metrics.MetricFamily;

/** What waits to be sent asynchronously. */
public final class QueueFamilies {
  static final MetricFamily QUEUE_WAIT_SECONDS =
      CHANNEL
          .histogram("tomcat_cluster_queue_wait_seconds")
          .observed(Observed.QUEUE_WAIT, AgentCost.TIMED)
          .means(
              "From the application's send to the start of the network send, of asynchronous messages.")
          .good("milliseconds; what waits is on this node alone.");

  static final MetricFamily QUEUE_MESSAGES =
      CHANNEL
          .gauge("tomcat_cluster_queue_messages")
          .observed(Observed.QUEUE, AgentCost.COUNTED)
          .means("Asynchronous messages that wait for a thread which sends them.")
          .absent("without a MessageDispatchInterceptor")
          .good("near 0.");

  static final MetricFamily QUEUE_BYTES =
      CHANNEL
          .gauge("tomcat_cluster_queue_bytes")
          .means("Bytes of the asynchronous messages that wait or are being sent.")
          .absent("without a MessageDispatchInterceptor")
          .good("far below tomcat_cluster_queue_capacity_bytes.");

  static final MetricFamily QUEUE_CAPACITY_BYTES =
      CHANNEL
          .gauge("tomcat_cluster_queue_capacity_bytes")
          .means(
              "What the queue may hold. Beyond it the sending request waits for the network, or, with alwaysSend=false, the message is thrown away.")
          .absent("without a MessageDispatchInterceptor")
          .good("as configured.");

  static final MetricFamily QUEUE_DISCARDED =
      CHANNEL
          .counter("tomcat_cluster_queue_discarded_total")
          .by("reason", "full", "shutdown")
          .observed(Observed.QUEUE_DISCARDS, AgentCost.COUNTED)
          .means(
              "Messages thrown away from the queue: full, or shutdown, when it was stopped with messages in it. No node gets them.")
          .absent("without a MessageDispatchInterceptor")
          .good("0.");

  private QueueFamilies() {}
}
