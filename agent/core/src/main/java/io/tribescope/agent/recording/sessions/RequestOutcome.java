package io.tribescope.agent.recording.sessions;

import java.util.Locale;

/** What became of a request's session when the request had ended. */
public enum RequestOutcome {
  /** A delta was sent, or waits to be. */
  REPLICATED,
  UNCHANGED,
  /** There was nobody to send to. */
  NO_MEMBERS,
  /** It could not be serialized, or was handed over to no member. */
  FAILED;

  /** As published in the {@code outcome} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
