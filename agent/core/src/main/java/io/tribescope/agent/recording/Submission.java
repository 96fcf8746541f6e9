package io.tribescope.agent.recording;

/** What is known of a message that leaves for the network from when it was submitted. Reused. */
final class Submission {
  /** Whether it came through the channel: an interceptor's own never reaches a peer's channel. */
  boolean known;

  /** Whether this is the first time that it leaves: a fragment of it may have left before. */
  boolean first;

  MessageType type = MessageType.OTHER;

  /** What it does to a session; see {@link MessagesInFlight#put}. */
  long change;

  /** When it was submitted, by the monotonic clock; where this is the first time. */
  long nanos;
}
