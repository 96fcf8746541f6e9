package org.apache.activemq.transport;

import java.io.IOException;

/** A fake by the name of ActiveMQ's own: no connection, or one that has failed already. */
public class InactivityIOException extends IOException {
  public InactivityIOException(String message) {
    super(message);
  }
}
