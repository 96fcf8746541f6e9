package io.tribescope.agent.hooks.weaving;

import org.jspecify.annotations.Nullable;

/**
 * What is reported of each exception that reaches a handler of a method's: it swallows that, or
 * throws something else that no longer tells the cause. Immutable.
 */
public final class HandlerReport {
  /** Told of what was caught. */
  final String event;

  /** What is caught around calls of that name is told to another event; null for none. */
  final @Nullable String around;

  final String eventAround;

  public HandlerReport(String event) {
    this(event, null, event);
  }

  public HandlerReport(String event, @Nullable String around, String eventAround) {
    this.event = event;
    this.around = around;
    this.eventAround = eventAround;
  }
}
