package io.tribescope.agent.metrics.sessions;

import static io.tribescope.agent.metrics.Scope.CHANNEL;

import io.tribescope.agent.metrics.AgentCost;
import io.tribescope.agent.metrics.Observed;
import io.tribescope.metrics.MetricFamily;

/** A context's sessions: how many, what would be lost, what stayed stale. */
public final class SessionFamilies {
  static final MetricFamily SESSIONS =
      CHANNEL
          .gauge("tomcat_sessions")
          .by("context")
          .by("role", "primary", "backup")
          .means(
              "Sessions that this node holds: primary, which it owns; backup, replicas of others'. A scrape reads each, some 50 ns.")
          .good("on each node as many backups as the others have primaries.");

  static final MetricFamily UNREPLICATED =
      CHANNEL
          .gauge("tomcat_session_unreplicated")
          .by("context")
          .observed(Observed.TRACKING, AgentCost.SESSION)
          .means(
              "Sessions owned here whose newest change is known to be on no other node in the view: lost if this node dies now. The lower bound of what would be lost.")
          .good("0.");

  static final MetricFamily UNREPLICATED_OLDEST =
      CHANNEL
          .gauge("tomcat_session_unreplicated_oldest_seconds")
          .by("context")
          .observed(Observed.TRACKING, AgentCost.SESSION)
          .means(
              "Age of the oldest change that is known to be on no other node; 0 when there is none.")
          .good("0.");

  static final MetricFamily UNCONFIRMED =
      CHANNEL
          .gauge("tomcat_session_unconfirmed")
          .by("context")
          .observed(Observed.TRACKING, AgentCost.SESSION)
          .means(
              "Sessions owned here whose newest change no member in the view has confirmed, by its acknowledgement or its agent's receipt; those on their way and those changed outside of a request included. The upper bound of what would be lost.")
          .absent("where there is neither acknowledgement nor receipt")
          .good("0 at rest; under load what was changed in the last seconds.");

  static final MetricFamily UNCONFIRMED_OLDEST =
      CHANNEL
          .gauge("tomcat_session_unconfirmed_oldest_seconds")
          .by("context")
          .observed(Observed.TRACKING, AgentCost.SESSION)
          .means(
              "Age of the oldest change that no member has confirmed; 0 when there is none. What was changed outside of a request has no age until it is sent.")
          .absent("where there is neither acknowledgement nor receipt")
          .good("a few seconds.");

  static final MetricFamily MISSED_CHANGES =
      CHANNEL
          .gauge("tomcat_session_missed_changes")
          .by("context")
          .by("member")
          .observed(Observed.TRACKING, AgentCost.SESSION)
          .means(
              "Sessions whose replica on that member has missed a change made here, or may have, and was not transferred from here since; an upper bound, for a later write to the same attribute heals it unseen. Tomcat never repairs them: restart that member when this one is right, and see that it falls, for the sessions may come from another that lacks them, too.")
          .absent("while the member is not in the view")
          .good("0.");

  private SessionFamilies() {}
}
