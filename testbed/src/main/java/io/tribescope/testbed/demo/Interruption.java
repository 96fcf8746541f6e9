package io.tribescope.testbed.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT, SIGTERM and SIGHUP into an interrupt of the thread that made this, and keeps the
 * JVM until that thread has cleaned up. Should it not manage, the bed's guardian does.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  private final Thread worker = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private boolean requested;
  private boolean heldOff;

  Interruption() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::request, "interruption"));
  }

  private void request() {
    synchronized (this) {
      requested = true;
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

  /** Whether a signal has come. */
  synchronized boolean requested() {
    return requested;
  }

  /** From here on the thread is not interrupted: cleaning up waits for processes. */
  synchronized void holdOff() {
    heldOff = true;
    boolean forgotten = Thread.interrupted();
    requested |= forgotten;
  }

  /** Lets the JVM end. */
  @Override
  public void close() {
    closed.countDown();
  }
}
