package io.tribescope.agent.recording.sessions;

/** A message of a state transfer on its way, as one number: whose it is, how many sessions. */
public final class TransferPart {
  private static final int CONTEXT_SHIFT = 32;

  private TransferPart() {}

  /** Never 0. */
  public static long of(int context, int sessions) {
    return (long) (context + 1) << CONTEXT_SHIFT | sessions;
  }

  public static int context(long part) {
    return (int) (part >>> CONTEXT_SHIFT) - 1;
  }

  public static int sessions(long part) {
    return (int) part;
  }
}
