package io.tribescope.exporter.verdict;

import io.tribescope.exporter.model.Activation;
import io.tribescope.exporter.model.Balancer;
import io.tribescope.exporter.model.Member;
import io.tribescope.exporter.model.WorkerState;
import java.util.EnumMap;
import java.util.Map;

/** Whether a balancer's member serves users. */
public enum Availability {
  /** Active, and the last that is known of it is a success. */
  AVAILABLE,
  /** Serves, but not everybody: disabled (its own sessions only), or busy to its limit. */
  DEGRADED,
  /** Stopped, or in error; also while mod_jk waits for, or makes, a trial request. */
  UNAVAILABLE,
  /** The state or activation is absent, or of a name that is not known. */
  UNKNOWN;

  /**
   * Judges by state and activation alone. mod_jk's own rating calls {@code ERR/REC}, {@code
   * ERR/PRB} and {@code ERR/FRC} good, so that a balancer whose backends are all dead can report
   * that all are good.
   */
  public static Availability of(Member member) {
    WorkerState state = member.state();
    Activation activation = member.activation();
    if (activation == Activation.STOPPED || (state != null && isError(state))) {
      return UNAVAILABLE;
    }
    if (state == null || activation == null) {
      return UNKNOWN;
    }
    return activation == Activation.DISABLED || state == WorkerState.BUSY ? DEGRADED : AVAILABLE;
  }

  /** How many members of the balancer are in each availability; every one is a key. */
  public static Map<Availability, Integer> count(Balancer balancer) {
    Map<Availability, Integer> counts = new EnumMap<>(Availability.class);
    for (Availability availability : values()) {
      counts.put(availability, 0);
    }
    for (Member member : balancer.members()) {
      counts.merge(of(member), 1, Integer::sum);
    }
    return counts;
  }

  private static boolean isError(WorkerState state) {
    return switch (state) {
      case OK, IDLE, BUSY -> false;
      case ERROR, RECOVERING, PROBING, FORCED -> true;
    };
  }
}
