package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Measures what a piece of code allocates once it is linked and compiled. */
public final class Allocations {
  public static final int ROUNDS = 50_000;
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Allocations() {}

  /**
   * Runs it twice {@link #ROUNDS} times. Less than a byte for ten rounds is none: the JVM itself
   * now and then takes some for a thread that it recompiles code for; the smallest object is 16
   * bytes.
   */
  public static void assertNone(Runnable recording) {
    // Once to link, to admit and to compile; then to measure.
    for (int i = 0; i < ROUNDS; i++) {
      recording.run();
    }
    THREAD.getCurrentThreadAllocatedBytes();
    long before = THREAD.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      recording.run();
    }
    assertThat(THREAD.getCurrentThreadAllocatedBytes() - before).isLessThan(ROUNDS / 10);
  }
}
