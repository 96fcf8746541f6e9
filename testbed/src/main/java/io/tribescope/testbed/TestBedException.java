package io.tribescope.testbed;

/** The test bed could not do what it was asked; the message says what and where the logs are. */
public final class TestBedException extends RuntimeException {
  TestBedException(String message) {
    super(message);
  }

  TestBedException(String message, Throwable cause) {
    super(message, cause);
  }
}
