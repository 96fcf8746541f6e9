package io.tribescope.testbed.machine;

/** Looks at processes for the tests of all packages. */
public final class Processes {
  private Processes() {}

  /** Whether it ended, even when nobody asks for its end and it stays a zombie. */
  public static boolean isOver(ProcessHandle process) {
    return !process.isAlive() || ProcessState.isOver(process.pid());
  }
}
