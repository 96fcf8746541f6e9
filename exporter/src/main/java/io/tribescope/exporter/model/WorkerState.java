package io.tribescope.exporter.model;

import org.jspecify.annotations.Nullable;

/** The runtime state of a balancer's member, under the names of mod_jk 1.2.24 and newer. */
public enum WorkerState {
  OK("OK", "OK"),
  /** Unused since the last maintenance; a dead backend that nobody called looks the same. */
  IDLE("OK/IDLE", "N/A"),
  BUSY("OK/BUSY", "BSY"),
  ERROR("ERR", "ERR"),
  /** Waiting for a trial request. mod_jk counts it as good, though nothing succeeded yet. */
  RECOVERING("ERR/REC", "REC"),
  /** A trial request is on its way. */
  PROBING("ERR/PRB", "PRB"),
  /** In error, used all the same because no other member is left. */
  FORCED("ERR/FRC", "FRC");

  private final String label;
  private final String labelBefore1224;

  WorkerState(String label, String labelBefore1224) {
    this.label = label;
    this.labelBefore1224 = labelBefore1224;
  }

  /** The name in mod_jk's status, such as {@code OK/IDLE}. */
  public String label() {
    return label;
  }

  /** The state of that name, old or new; {@code null} for any other. */
  public static @Nullable WorkerState of(@Nullable String name) {
    for (WorkerState state : values()) {
      if (state.label.equals(name) || state.labelBefore1224.equals(name)) {
        return state;
      }
    }
    return null;
  }
}
