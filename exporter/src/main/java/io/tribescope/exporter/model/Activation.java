package io.tribescope.exporter.model;

import org.jspecify.annotations.Nullable;

/** What the operator asked of a balancer's member. */
public enum Activation {
  ACTIVE("ACT"),
  /** Serves the sessions that it has, gets no new ones. */
  DISABLED("DIS"),
  STOPPED("STP");

  private final String label;

  Activation(String label) {
    this.label = label;
  }

  /** The name in mod_jk's status, such as {@code ACT}. */
  public String label() {
    return label;
  }

  /** The activation of that name; {@code null} for any other. */
  public static @Nullable Activation of(@Nullable String name) {
    for (Activation activation : values()) {
      if (activation.label.equals(name)) {
        return activation;
      }
    }
    return null;
  }
}
