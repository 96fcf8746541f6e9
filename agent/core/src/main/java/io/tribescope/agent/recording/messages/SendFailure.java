package io.tribescope.agent.recording.messages;

import org.jspecify.annotations.Nullable;

/** Why a message did not complete for a peer. */
public enum SendFailure {
  CONNECT,
  TIMEOUT,
  /** Written, and no acknowledgement came in time: it may have arrived. */
  NO_ACK,
  REMOTE_ERROR,
  POOL_EXHAUSTED,
  /** Another destination failed first, and Tribes gave up on all. */
  NOT_TRIED,
  IO;

  /**
   * @param cause as Tribes gives it for the faulty member
   * @param written whether the whole message had been handed to the kernel
   */
  public static SendFailure of(@Nullable Throwable cause, boolean written) {
    if (cause == null) {
      return written ? NO_ACK : IO;
    }
    String name = cause.getClass().getName();
    if (name.equals("org.apache.catalina.tribes.RemoteProcessException")) {
      return REMOTE_ERROR;
    }
    // The connection broke, or the time was up, before the acknowledgement came.
    if (written) {
      return NO_ACK;
    }
    if (cause instanceof java.net.ConnectException
        || cause instanceof java.net.NoRouteToHostException
        || cause instanceof java.net.UnknownHostException) {
      return CONNECT;
    }
    // PooledParallelSender's mark for "no sender left".
    if (cause instanceof NullPointerException) {
      return POOL_EXHAUSTED;
    }
    // ParallelNioSender wraps a timeout in a ChannelException without a cause.
    boolean timeout =
        cause instanceof java.net.SocketTimeoutException
            || (name.equals("org.apache.catalina.tribes.ChannelException")
                && cause.getCause() == null);
    if (timeout) {
      return TIMEOUT;
    }
    return IO;
  }

  /** Whether the peer's channel may have been given the message nevertheless. */
  public boolean mayHaveArrived() {
    return this == NO_ACK || this == REMOTE_ERROR;
  }
}
