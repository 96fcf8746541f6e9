package io.tribescope.agent.recording.members;

/** What happened to a member in this node's view. */
public enum MembershipEvent {
  JOINED,
  /** Went, having said so. */
  LEFT,
  FAILED,
  SUSPECTED,
  SUSPICION_CLEARED,
  /** The same life came back after it was dropped: it was never down. */
  REJOINED;
}
