package io.tribescope.agent.metrics.sessions;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Snapshots;
import io.tribescope.agent.recording.ChannelRecord;
import io.tribescope.agent.recording.ContextRecord;
import io.tribescope.agent.recording.FailoverOrigin;
import io.tribescope.agent.recording.FailoverOutcome;
import io.tribescope.agent.recording.PeerRecord;
import io.tribescope.agent.recording.RequestOutcome;
import io.tribescope.agent.recording.SessionsAtRisk;
import io.tribescope.agent.recording.TransferOutcome;
import io.tribescope.agent.tomcat.DeltaSessions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What would be lost, what was, and what stayed stale, for each context. */
public final class SessionSamples {
  private static final Logger logger = LoggerFactory.getLogger(SessionSamples.class);

  private SessionSamples() {}

  public static void add(
      Snapshots out, Labels labels, ChannelRecord record, Set<PeerRecord> present) {
    List<ContextRecord> contexts = record.contextRecords();
    SessionsAtRisk risk = record.sessionsAtRisk();
    boolean confirmable = record.isConfirmable();
    for (ContextRecord context : contexts) {
      Object manager = context.manager();
      if (manager == null || !risk.covers(context)) {
        continue;
      }
      Labels its = labels.add("context", DeltaSessions.context(context.name(), manager));
      addCounts(out, its, context);
      out.add(SessionMetric.UNREPLICATED, its, risk.unreplicated(context));
      out.add(SessionMetric.UNREPLICATED_OLDEST, its, risk.unreplicatedSeconds(context));
      for (PeerRecord peer : record.peers()) {
        Labels member = its.add("member", peer.name());
        if (present.contains(peer) && risk.covers(peer)) {
          out.add(SessionMetric.MISSED_CHANGES, member, risk.missed(context, peer));
        }
        out.add(SessionMetric.OWNERSHIP_CONFLICTS, member, context.conflicts(peer));
      }
      try {
        DeltaSessions sessions =
            DeltaSessions.read(manager, id -> record.isTrackedAsUnconfirmed(context, id));
        out.add(SessionMetric.SESSIONS, its.add("role", "primary"), sessions.primary());
        out.add(SessionMetric.SESSIONS, its.add("role", "backup"), sessions.backup());
        if (confirmable) {
          out.add(SessionMetric.UNCONFIRMED, its, risk.unconfirmed(context) + sessions.unsent());
          out.add(SessionMetric.UNCONFIRMED_OLDEST, its, risk.unconfirmedSeconds(context));
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        logger.debug("The sessions of {} cannot be read", context.name(), e);
      }
    }
  }

  private static void addCounts(Snapshots out, Labels its, ContextRecord context) {
    for (RequestOutcome outcome : RequestOutcome.values()) {
      out.add(
          SessionMetric.SESSION_REQUESTS,
          its.add("outcome", outcome.label()),
          context.requests(outcome));
    }
    out.add(SessionMetric.DELTA_BYTES, its, context.deltaBytes());
    context
        .serializationFailures()
        .forEach(
            (type, count) ->
                out.add(SessionMetric.SERIALIZATION_FAILURES, its.add("class", type), count));
    for (FailoverOutcome outcome : FailoverOutcome.values()) {
      for (FailoverOrigin origin : FailoverOrigin.values()) {
        out.add(
            SessionMetric.FAILOVERS,
            its.add("outcome", outcome.label()).add("origin", origin.label()),
            context.failovers(outcome, origin));
      }
    }
    for (TransferOutcome outcome : TransferOutcome.values()) {
      out.add(
          SessionMetric.STATE_TRANSFERS,
          its.add("outcome", outcome.label()),
          context.transfers(outcome));
    }
    out.add(SessionMetric.STATE_TRANSFER_SECONDS, its, context.transferDurations());
    out.add(SessionMetric.STATE_TRANSFER_SESSIONS, its.add("side", "sent"), context.sessionsSent());
    out.add(
        SessionMetric.STATE_TRANSFER_SESSIONS,
        its.add("side", "received"),
        context.sessionsReceived());
  }
}
