package com.jaspersoft.jasperserver.api;

/** An attribute was read on a node that never got it. */
public class SessionAttribMissingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public SessionAttribMissingException(String message) {
    super(message);
  }
}
