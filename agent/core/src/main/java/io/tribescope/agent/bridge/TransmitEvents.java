package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** A message that leaves for the network, and what becomes of it at each member. */
public interface TransmitEvents {
  TransmitEvents NONE = new TransmitEvents() {};

  /**
   * A message leaves for the network, in this thread, on behalf of the local member given.
   *
   * @param timestamp when it was submitted, in epoch milliseconds
   * @param destinations how many members {@link #transmittingTo} is about to name
   */
  default @Nullable Notes transmitting(
      byte[] localHost,
      int localPort,
      byte[] uniqueId,
      long timestamp,
      int options,
      int bytes,
      int destinations) {
    return null;
  }

  /** The message that leaves goes to this member, too. */
  default void transmittingTo(@Nullable Notes begun, byte[] host, int port) {}

  /** The last byte was written to the kernel; what remains is the peer's acknowledgement. */
  default void transmissionWritten(byte[] host, int port) {}

  /** Complete for that member: acknowledged, where the options ask for it. */
  default void transmissionCompleted(byte[] host, int port) {}

  /** Failed for that member. Called after the fact, once for each faulty member. */
  default void transmissionFailed(
      @Nullable Notes begun, byte[] host, int port, @Nullable Throwable cause) {}

  /** The network send ended; {@code failure} is what it threw. */
  default void transmitted(@Nullable Notes begun, @Nullable Throwable failure) {}
}
