package io.tribescope.agent.recording.sessions;

/** What became of a request's session when the request had ended. */
public enum RequestOutcome {
  /** A delta was sent, or waits to be. */
  REPLICATED,
  UNCHANGED,
  /** There was nobody to send to. */
  NO_MEMBERS,
  /** It could not be serialized, or was handed over to no member. */
  FAILED;
}
