package io.tribescope.agent.recording;

/**
 * The state transfer that a context's manager waits for: the one thread asks and waits, the
 * receiver's threads bring what comes. Thread-safe.
 */
final class StateTransfer {
  private volatile long begun;
  private volatile boolean asked;
  private volatile boolean data;
  private volatile boolean dataFailed;
  private volatile boolean complete;
  private volatile boolean noContext;

  void begin(long nanos) {
    asked = false;
    data = false;
    dataFailed = false;
    complete = false;
    noContext = false;
    begun = nanos;
  }

  void asked() {
    asked = true;
  }

  void dataCame(boolean failed) {
    data = true;
    dataFailed |= failed;
  }

  void completed() {
    complete = true;
  }

  void contextMissing() {
    noContext = true;
  }

  long begun() {
    return begun;
  }

  /** A donor without sessions still sends a message of none, unless it sends in blocks. */
  TransferOutcome outcome() {
    if (!asked) {
      return TransferOutcome.FIRST_NODE;
    }
    if (noContext) {
      return TransferOutcome.NO_CONTEXT;
    }
    if (!complete) {
      return TransferOutcome.TIMEOUT;
    }
    return data && !dataFailed ? TransferOutcome.COMPLETE : TransferOutcome.INCOMPLETE;
  }
}
