package io.tribescope.agent.recording.sessions;

/**
 * The state transfer that a context's manager waits for: the one thread asks and waits, the
 * receiver's threads bring what comes. Thread-safe.
 */
public final class StateTransfer {
  private volatile long begun;
  private volatile boolean asked;
  private volatile boolean data;
  private volatile boolean dataFailed;
  private volatile boolean complete;
  private volatile boolean noContext;

  public void begin(long nanos) {
    asked = false;
    data = false;
    dataFailed = false;
    complete = false;
    noContext = false;
    begun = nanos;
  }

  public void asked() {
    asked = true;
  }

  public void dataCame(boolean failed) {
    data = true;
    dataFailed |= failed;
  }

  public void completed() {
    complete = true;
  }

  public void contextMissing() {
    noContext = true;
  }

  public long begun() {
    return begun;
  }

  /** A donor without sessions still sends a message of none, unless it sends in blocks. */
  public TransferOutcome outcome() {
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
