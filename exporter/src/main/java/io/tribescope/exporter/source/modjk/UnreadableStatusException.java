package io.tribescope.exporter.source.modjk;

import io.tribescope.exporter.model.FailureReason;

/** An answer that cannot be used; the detail is one line for the operator. */
final class UnreadableStatusException extends Exception {
  private final FailureReason reason;
  private final String detail;

  UnreadableStatusException(FailureReason reason, String detail) {
    super(detail);
    this.reason = reason;
    this.detail = detail;
  }

  String detail() {
    return detail;
  }

  FailureReason reason() {
    return reason;
  }
}
