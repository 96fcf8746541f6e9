package io.tribescope.agent.recording;

import java.util.Locale;

/** How a state transfer ended that this node asked for. */
public enum TransferOutcome {
  /** There was nobody to ask. */
  FIRST_NODE,
  COMPLETE,
  /** The donor said that it was done, and what it sent did not all arrive here. */
  INCOMPLETE,
  TIMEOUT,
  /** The donor does not have the context. */
  NO_CONTEXT;

  static final int COUNT = values().length;

  /** As published in the {@code outcome} label. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
