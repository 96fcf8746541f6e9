package io.tribescope.agent.metrics.sessions;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.RequestOutcome;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;

/** What became of the changes that requests made. */
final class RequestSamples {
  private RequestSamples() {}

  static void add(Snapshots out, Labels labels, ContextRecord context) {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      out.add(
          RequestFamilies.SESSION_REQUESTS,
          labels.add("outcome", LabelValue.of(outcome)),
          context.requests(outcome));
    }
    Histograms.add(out, RequestFamilies.DELTA_BYTES, labels, context.deltaBytes());
    context
        .serializationFailures()
        .forEach(
            (type, count) ->
                out.add(RequestFamilies.SERIALIZATION_FAILURES, labels.add("class", type), count));
  }
}
