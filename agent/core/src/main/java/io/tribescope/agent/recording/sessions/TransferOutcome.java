package io.tribescope.agent.recording.sessions;

/** How a state transfer ended that this node asked for. */
public enum TransferOutcome {
  /** There was nobody to ask. */
  FIRST_NODE,
  COMPLETE,
  /**
   * The donor said that it was done, and no message with sessions had come or one could not be
   * read. So it looks, too, when a donor without any session sends in blocks.
   */
  INCOMPLETE,
  TIMEOUT,
  /** The donor does not have the context. */
  NO_CONTEXT;
}
