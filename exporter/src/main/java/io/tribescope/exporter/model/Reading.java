package io.tribescope.exporter.model;

/** The outcome of reading one mod_jk's status once. */
public sealed interface Reading {

  /** The status was read whole and understood. */
  record Understood(ModJkStatus status) implements Reading {}

  /**
   * There is no status.
   *
   * @param detail one line for the operator: what, where, and how to mend it; nothing of the
   *     answer's body
   */
  record Failed(FailureReason reason, String detail) implements Reading {}
}
