package io.tribescope.agent.bridge;

/** What woven code failed to report. */
public interface FailureEvents {
  FailureEvents NONE = new FailureEvents() {};

  /**
   * The hook of that name threw on the calling thread: an event of its may never have begun, and
   * nobody else would know.
   */
  default void hookFailed(String hook) {}
}
