package io.tribescope.agent.metrics.sessions;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.sessions.RequestOutcome;
import io.tribescope.metrics.MetricFamily;

/** What became of the changes that requests made to sessions. */
public final class RequestFamilies {
  static final MetricFamily SESSION_REQUESTS =
      CHANNEL
          .counter("tomcat_session_requests_total")
          .by("context")
          .by("outcome", RequestOutcome.values())
          .observed(Observed.REQUESTS, AgentCost.COUNTED)
          .means(
              "Requests with a session, by what became of its changes. no_members: nobody to send to; failed: not serializable, or sent to no member. Requests that the valve's filter leaves out are not counted.")
          .good("replicated and unchanged.");

  static final MetricFamily DELTA_BYTES =
      CHANNEL
          .histogramOfBytes("tomcat_session_delta_bytes")
          .by("context")
          .observed(Observed.SERIALIZATION, AgentCost.COUNTED)
          .means("Size of a session's serialized changes.")
          .good("a few kilobytes.");

  static final MetricFamily SERIALIZATION_FAILURES =
      CHANNEL
          .counter("tomcat_session_serialization_failures_total")
          .by("context")
          .by("class")
          .observed(Observed.SERIALIZATION, AgentCost.COUNTED)
          .means(
              "Changes of a session that could not be serialized, all of them lost with it, by the class of the offending value; other where it is not known, and beyond 50 classes.")
          .only("after the first failure")
          .good("no series.");

  static final MetricFamily ATTRIBUTES_DROPPED =
      CHANNEL
          .counter("tomcat_session_attributes_dropped_total")
          .by("context")
          .by("class")
          .observed(Observed.ATTRIBUTES, AgentCost.COUNTED)
          .means(
              "Attributes that JasperReports Server's own TolerantObjectWrapper found not serializable and dropped, by class of the attribute; at most 50, then other. Each time that one is sent counts: other nodes hold a placeholder, and who reads it after a failover gets an error.")
          .only("after the first")
          .good("no series, or only classes that users can do without.");

  private RequestFamilies() {}
}
