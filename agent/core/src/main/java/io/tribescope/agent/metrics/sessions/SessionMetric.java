package io.tribescope.agent.metrics.sessions;

import static io.tribescope.agent.metrics.Descriptor.counter;
import static io.tribescope.agent.metrics.Descriptor.gauge;
import static io.tribescope.agent.metrics.Descriptor.histogram;

import io.tribescope.agent.metrics.Cost;
import io.tribescope.agent.metrics.Descriptor;
import io.tribescope.agent.metrics.Metric;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.agent.recording.FailoverOrigin;
import io.tribescope.agent.recording.FailoverOutcome;
import io.tribescope.agent.recording.RequestOutcome;
import io.tribescope.agent.recording.TransferOutcome;

/** What is measured of replicated sessions. */
public enum SessionMetric implements Metric {
  REPLICATION_LAG(
      histogram("tomcat_session_replication_lag_seconds")
          .by("member")
          .observed(Observed.APPLICATION, Cost.TIMED)
          .means(
              "From the sending of a session's change on that member to its application here, the"
                  + " clocks' offset taken out.")
          .good("milliseconds.")),
  LAG_UNKNOWN(
      counter("tomcat_session_lag_unknown")
          .by("member")
          .observed(Observed.APPLICATION, Cost.COUNTED)
          .means(
              "Changes applied whose lag is not known, for want of a clock offset or because a clock was set.")
          .good("a few after a start.")),
  LAST_APPLIED(
      gauge("tomcat_session_last_applied_timestamp_seconds")
          .by("member")
          .observed(Observed.APPLICATION, Cost.COUNTED)
          .means("When a change from that member was last applied here, by this node's clock.")
          .absent("before the first")
          .good("not long ago, while that member has users.")),
  SESSIONS(
      gauge("tomcat_sessions")
          .by("context")
          .by("role", "primary", "backup")
          .means(
              "Sessions that this node holds: primary, which it owns; backup, replicas of others'. A scrape reads each, some 50 ns.")
          .good("on each node as many backups as the others have primaries.")),
  UNREPLICATED(
      gauge("tomcat_session_unreplicated")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Sessions owned here whose newest change is known to be on no other node in the view: lost if this node dies now. The lower bound of what would be lost.")
          .good("0.")),
  UNREPLICATED_OLDEST(
      gauge("tomcat_session_unreplicated_oldest_seconds")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Age of the oldest change that is known to be on no other node; 0 when there is none.")
          .good("0.")),
  UNCONFIRMED(
      gauge("tomcat_session_unconfirmed")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Sessions owned here whose newest change no member in the view has confirmed, by its acknowledgement or its agent's receipt; those on their way and those changed outside of a request included. The upper bound of what would be lost.")
          .absent("where there is neither acknowledgement nor receipt")
          .good("0 at rest; under load what was changed in the last seconds.")),
  UNCONFIRMED_OLDEST(
      gauge("tomcat_session_unconfirmed_oldest_seconds")
          .by("context")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Age of the oldest change that no member has confirmed; 0 when there is none. What was changed outside of a request has no age until it is sent.")
          .absent("where there is neither acknowledgement nor receipt")
          .good("a few seconds.")),
  MISSED_CHANGES(
      gauge("tomcat_session_missed_changes")
          .by("context")
          .by("member")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Sessions whose replica on that member has missed a change made here, or may have, and was not transferred from here since; an upper bound, for a later write to the same attribute heals it unseen. Tomcat never repairs them: restart that member when this one is right, and see that it falls, for the sessions may come from another that lacks them, too.")
          .absent("while the member is not in the view")
          .good("0.")),
  SESSION_REQUESTS(
      counter("tomcat_session_requests")
          .by("context")
          .by("outcome", RequestOutcome.values())
          .observed(Observed.REQUESTS, Cost.COUNTED)
          .means(
              "Requests with a session, by what became of its changes. no_members: nobody to send to; failed: not serializable, or sent to no member. Requests that the valve's filter leaves out are not counted.")
          .good("replicated and unchanged.")),
  DELTA_BYTES(
      histogram("tomcat_session_delta_bytes")
          .ofBytes()
          .by("context")
          .observed(Observed.SERIALIZATION, Cost.COUNTED)
          .means("Size of a session's serialized changes.")
          .good("a few kilobytes.")),
  SERIALIZATION_FAILURES(
      counter("tomcat_session_serialization_failures")
          .by("context")
          .by("class")
          .observed(Observed.SERIALIZATION, Cost.COUNTED)
          .means(
              "Changes of a session that could not be serialized, all of them lost with it, by the class of the offending value; other where it is not known, and beyond 50 classes.")
          .only("after the first failure")
          .good("no series.")),
  ATTRIBUTES_DROPPED(
      counter("tomcat_session_attributes_dropped")
          .by("context")
          .by("class")
          .observed(Observed.ATTRIBUTES, Cost.COUNTED)
          .means(
              "Attributes that JasperReports Server's own TolerantObjectWrapper found not serializable and dropped, by class of the attribute; at most 50, then other. Each time that one is sent counts: other nodes hold a placeholder, and who reads it after a failover gets an error.")
          .only("after the first")
          .good("no series, or only classes that users can do without.")),
  FAILOVERS(
      counter("tomcat_session_failovers")
          .by("context")
          .by("outcome", FailoverOutcome.values())
          .by("origin", FailoverOrigin.values())
          .observed(Observed.FAILOVERS, Cost.SESSION)
          .means(
              "Sessions that came with another node's route, once for each move. up: the balancer broke stickiness; missing: the user was logged out. Counted when the origin is known, a minute later at most.")
          .good("recovered, from nodes that were down.")),
  OWNERSHIP_CONFLICTS(
      counter("tomcat_session_ownership_conflicts")
          .by("context")
          .by("member")
          .observed(Observed.TRACKING, Cost.SESSION)
          .means(
              "Changes made here that one from that member contradicts: the member had missed ours, or they crossed on the way; each once. A rise: both sides of a partition served the same users.")
          .good("0.")),
  STATE_TRANSFERS(
      counter("tomcat_session_state_transfers")
          .by("context")
          .by("outcome", TransferOutcome.values())
          .observed(Observed.TRANSFERS, Cost.COUNTED)
          .means(
              "How this node got the others' sessions when the context started. incomplete: the donor was done, but no message with sessions had come, or one could not be read; a donor without any session that sends in blocks (sendAllSessions=false) sends none, and reads as incomplete too.")
          .good("complete, or first_node when it is.")),
  STATE_TRANSFER_SECONDS(
      histogram("tomcat_session_state_transfer_seconds")
          .by("context")
          .observed(Observed.TRANSFERS, Cost.TIMED)
          .means("How long the context's start waited for the others' sessions.")
          .good("a few seconds.")),
  STATE_TRANSFER_SESSIONS(
      counter("tomcat_session_state_transfer_sessions")
          .by("context")
          .by("side", "sent", "received")
          .observed(Observed.TRANSFERRED, Cost.COUNTED)
          .means("Sessions transferred: sent to nodes that started, received when this one did.")
          .good("what one node received, another has sent."));

  @SuppressWarnings("ImmutableEnumChecker") // not changed once it is here
  private final Descriptor descriptor;

  SessionMetric(Descriptor descriptor) {
    this.descriptor = descriptor;
  }

  @Override
  public Descriptor descriptor() {
    return descriptor;
  }
}
