package io.tribescope.agent.bridge;

/** What a hook must know of the clock probe to leave every other raw message alone. */
public final class ProbeFormat {
  /** Bytes of a probe, always. */
  public static final int LENGTH = 48;

  private ProbeFormat() {}
}
