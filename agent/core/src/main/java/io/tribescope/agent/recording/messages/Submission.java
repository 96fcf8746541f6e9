package io.tribescope.agent.recording.messages;

/** What is known of a message that leaves for the network from when it was submitted. Reused. */
public final class Submission {
  /** Whether it came through the channel: an interceptor's own never reaches a peer's channel. */
  boolean known;

  /** Whether this is the first time that it leaves: a fragment of it may have left before. */
  public boolean first;

  public MessageType type = MessageType.OTHER;

  /** What it does to a session; see {@link MessagesInFlight#put}. */
  public long change;

  /** When it was submitted, by the monotonic clock; where this is the first time. */
  public long nanos;

  /** Nothing is known of the message. */
  void clear() {
    known = false;
    first = false;
    type = MessageType.OTHER;
    change = 0;
  }
}
