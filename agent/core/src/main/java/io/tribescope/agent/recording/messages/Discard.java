package io.tribescope.agent.recording.messages;

/** Why a received message was not applied. */
public enum Discard {
  NO_SESSION,
  NO_CONTEXT,
  APPLY_ERROR,
  UNDESERIALIZABLE,
  /** Put aside during a state transfer, and older than the state that then came. */
  OLDER_THAN_STATE;
}
