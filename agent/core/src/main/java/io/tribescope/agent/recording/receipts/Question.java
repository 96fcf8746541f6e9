package io.tribescope.agent.recording.receipts;

/** What a peer's clock probe asks, until it is answered. Immutable. */
public final class Question {
  public final byte[] payload;

  /** When it came, by this node's wall clock. */
  public final long receivedNanos;

  /**
   * @param payload of a valid request; not changed any more
   */
  public Question(byte[] payload, long receivedNanos) {
    this.payload = payload;
    this.receivedNanos = receivedNanos;
  }
}
