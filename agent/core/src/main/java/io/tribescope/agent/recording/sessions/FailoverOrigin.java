package io.tribescope.agent.recording.sessions;

/** How the node fared that a failed-over session came from. */
public enum FailoverOrigin {
  /** It was dropped from the view. */
  DOWN,
  /** It gave a later sign of life: the balancer broke stickiness. */
  UP,
  UNKNOWN;
}
