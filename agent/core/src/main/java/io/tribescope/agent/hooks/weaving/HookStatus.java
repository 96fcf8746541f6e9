package io.tribescope.agent.hooks.weaving;

import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What became of each hook whose class was seen. A hook is absent until Tomcat loads its class.
 * Thread-safe.
 */
public final class HookStatus {
  /** What can become of a hook. */
  public enum Outcome {
    APPLIED,
    /** The class has no such method, or lacks something that the advice refers to. */
    NOT_FOUND,
    FAILED,
    /** The class's loader does not delegate to the one that holds the bridge; left alone. */
    BRIDGE_INVISIBLE;
  }

  private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

  /** A success is kept: a second loader without the bridge does not unmake it. */
  void report(String hook, Outcome outcome) {
    outcomes.merge(hook, outcome, (old, now) -> old == Outcome.APPLIED ? old : now);
  }

  /** By the hook's name. A live view. */
  public Map<String, Outcome> outcomes() {
    return Collections.unmodifiableMap(outcomes);
  }

  /**
   * Whether something that happened can have escaped the hook. While its class is not loaded
   * nothing can.
   */
  public boolean broken(String hook) {
    Outcome outcome = outcomes.get(hook);
    return outcome != null && outcome != Outcome.APPLIED;
  }
}
