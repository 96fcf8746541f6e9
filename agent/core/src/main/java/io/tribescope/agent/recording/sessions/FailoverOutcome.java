package io.tribescope.agent.recording.sessions;

/** What a request found that came with another node's route. */
public enum FailoverOutcome {
  RECOVERED,
  /** The session had ended before, and this node remembers it. */
  EXPIRED,
  /** Lost, ended long ago, or it never existed. */
  MISSING;
}
