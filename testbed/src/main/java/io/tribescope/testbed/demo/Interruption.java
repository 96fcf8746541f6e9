package io.tribescope.testbed.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an interrupt of the thread that made this, and keeps the
 * JVM until that thread has cleaned up. Should it not manage, the bed's guardian does.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;
  private static final long MOMENT_MILLIS = 300;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch requested = new CountDownLatch(1);
  private boolean heldOff;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::request, "interruption"));
  }

  private void request() {
    requested.countDown();
    synchronized (this) {
      if (!heldOff) {
        worker.interrupt();
      }
    }
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("demo: still cleaning up; left to the test bed's guardian");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Whether a signal has come, or comes in a moment: a terminal's Ctrl-C goes to the commands that
   * this JVM runs as well, and their failure can be here before the signal.
   */
  boolean requested() {
    try {
      return requested.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Whether a signal has come. */
  boolean came() {
    return requested.getCount() == 0;
  }

  /** From here on the thread is not interrupted: cleaning up waits for processes. */
  synchronized void holdOff() {
    heldOff = true;
    if (Thread.interrupted()) {
      requested.countDown();
    }
  }

  /** Lets the JVM end. */
  @Override
  public void close() {
    closed.countDown();
  }
}
