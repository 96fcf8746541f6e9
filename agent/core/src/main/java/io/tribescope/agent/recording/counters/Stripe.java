package io.tribescope.agent.recording.counters;

/**
 * Which stripe of {@link Cells} a thread adds to. Threads that start one after the other get
 * neighbouring ids, and so different stripes; nothing is looked up or kept for a thread.
 */
public final class Stripe {
  /** Stripes are numbered from 0. A power of two. */
  public static final int COUNT = 4;

  private Stripe() {}

  /** The stripe of the calling thread, always the same for it. */
  @SuppressWarnings(
      "deprecation") // threadId() is Java 19's; an id that a subclass makes up is fine
  public static int current() {
    return (int) Thread.currentThread().getId() & (COUNT - 1);
  }
}
