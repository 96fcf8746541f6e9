package io.tribescope.exporter.command;

/** Options that do not fit together, or with this host; the message is one line. */
final class BadOptionsException extends Exception {
  BadOptionsException(String message) {
    super(message);
  }
}
