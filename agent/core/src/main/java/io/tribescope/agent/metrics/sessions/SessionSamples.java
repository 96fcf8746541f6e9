package io.tribescope.agent.metrics.sessions;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import io.tribescope.agent.tomcat.DeltaSessions;
import io.tribescope.metrics.Snapshots;
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
      Labels ofContext = labels.add("context", DeltaSessions.context(context.name(), manager));
      RequestSamples.add(out, ofContext, context);
      FailoverSamples.add(out, ofContext, context, record.peers());
      TransferSamples.add(out, ofContext, context);
      out.add(SessionFamilies.UNREPLICATED, ofContext, risk.unreplicated(context));
      out.add(SessionFamilies.UNREPLICATED_OLDEST, ofContext, risk.unreplicatedSeconds(context));
      for (PeerRecord peer : record.peers()) {
        if (present.contains(peer) && risk.covers(peer)) {
          out.add(
              SessionFamilies.MISSED_CHANGES,
              ofContext.add("member", peer.name()),
              risk.missed(context, peer));
        }
      }
      try {
        DeltaSessions sessions =
            DeltaSessions.read(manager, id -> record.isTrackedAsUnconfirmed(context, id));
        out.add(SessionFamilies.SESSIONS, ofContext.add("role", "primary"), sessions.primary());
        out.add(SessionFamilies.SESSIONS, ofContext.add("role", "backup"), sessions.backup());
        if (confirmable) {
          out.add(
              SessionFamilies.UNCONFIRMED,
              ofContext,
              risk.unconfirmed(context) + sessions.unsent());
          out.add(SessionFamilies.UNCONFIRMED_OLDEST, ofContext, risk.unconfirmedSeconds(context));
        }
      } catch (ReflectiveOperationException | RuntimeException e) {
        logger.debug("The sessions of {} cannot be read", context.name(), e);
      }
    }
  }
}
