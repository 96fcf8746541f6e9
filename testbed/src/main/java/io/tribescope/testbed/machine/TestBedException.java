package io.tribescope.testbed.machine;

/** The test bed could not do what it was asked; the message says what and where the logs are. */
public final class TestBedException extends RuntimeException {
  /** Says what could not be done, and where the logs are. */
  public TestBedException(String message) {
    super(message);
  }

  /** Says what could not be done, and why. */
  public TestBedException(String message, Throwable cause) {
    super(message, cause);
  }
}
