package io.tribescope.agent.recording.sessions;

import java.util.Locale;

/** What a request found that came with another node's route. */
public enum FailoverOutcome {
  RECOVERED,
  /** The session had ended before, and this node remembers it. */
  EXPIRED,
  /** Lost, ended long ago, or it never existed. */
  MISSING;

  /** As published in the {@code outcome} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
