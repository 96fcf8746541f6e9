package io.tribescope.agent.bridge;

/** Members that come, go, are suspected and are cleared of the suspicion. */
public interface MembershipEvents {
  MembershipEvents NONE = new MembershipEvents() {};

  /** A member comes into the view. */
  default void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {}

  /** A member leaves the view; {@code announced} when it said that it was leaving. */
  default void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {}

  /** A member is suspected, and about to be verified. */
  default void memberSuspected(byte[] host, int port) {}

  /** A member was verified: it is {@code alive} or not. */
  default void memberVerified(byte[] host, int port, boolean alive) {}
}
