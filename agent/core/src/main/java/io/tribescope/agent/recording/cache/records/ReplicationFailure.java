package io.tribescope.agent.recording.cache.records;

import java.io.InvalidClassException;
import java.io.NotSerializableException;
import java.net.SocketTimeoutException;
import java.rmi.ConnectException;
import java.rmi.ConnectIOException;
import java.rmi.NoSuchObjectException;
import java.rmi.NotBoundException;
import java.rmi.ServerError;
import java.rmi.ServerException;
import java.rmi.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Why a peer did not get what was sent to it, or may not have got it. */
public enum ReplicationFailure {
  /** No connection, or no such cache in the peer's registry; a session or channel is closed. */
  UNREACHABLE,
  /** The peer that was once looked up has ended, and another one is in its place. */
  STALE_STUB,
  /** The call was made and no answer came in time; it may have been applied. */
  TIMEOUT,
  /** Something in the element cannot be serialized here, or not be read back there. */
  SERIALIZATION,
  /** The peer refused it: a serialization filter, or an exception or error of its own. */
  REJECTED,
  OTHER;

  private static final int DEEPEST = 20;

  /** What {@code failure}, thrown by a call over RMI, means. Allocates nothing. */
  public static ReplicationFailure of(Throwable failure) {
    if (failure instanceof NoSuchObjectException) {
      return STALE_STUB;
    }
    ReplicationFailure reason = OTHER;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      // Not of what the peer itself waited for, nor of a connection that was never made.
      if (cause instanceof SocketTimeoutException && reason == OTHER) {
        return TIMEOUT;
      }
      if (cause instanceof InvalidClassException && isFilter(cause.getMessage())) {
        return REJECTED;
      }
      if (isSerialization(cause)) {
        return SERIALIZATION;
      }
      if (reason == OTHER) {
        reason = outermost(cause);
      }
      cause = cause.getCause();
    }
    return reason;
  }

  /**
   * What {@code failure}, thrown when a peer's registry was asked for it, means: nothing was sent,
   * and no stub was there to become stale. Allocates nothing.
   */
  public static ReplicationFailure ofLookUp(Throwable failure) {
    ReplicationFailure reason = of(failure);
    return reason == TIMEOUT || reason == STALE_STUB ? UNREACHABLE : reason;
  }

  /**
   * What {@code failure}, thrown by a JMS session, means: it is on this node, and what lies behind
   * it has refused nothing. Types that this class cannot know go by their names. Allocates nothing.
   */
  public static ReplicationFailure ofJms(Throwable failure) {
    if (failure instanceof RuntimeException) {
      // JMS itself throws none. ActiveMQ puts what its serialization throws into one, and what the
      // application throws meanwhile passes through.
      Throwable cause = failure.getCause();
      return cause instanceof java.io.IOException ? SERIALIZATION : OTHER;
    }
    return ofTransport(failure);
  }

  /** What {@code failure}, thrown by a channel of JGroups, means; as for JMS. */
  public static ReplicationFailure ofGroup(Throwable failure) {
    // The channel is closed.
    return failure instanceof IllegalStateException ? UNREACHABLE : ofTransport(failure);
  }

  private static ReplicationFailure ofTransport(Throwable failure) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
      if (cause instanceof SocketTimeoutException
          || is(cause, "org.apache.activemq.transport.RequestTimedOutIOException")) {
        return TIMEOUT;
      }
      if (isSerialization(cause) || is(cause, "javax.jms.MessageFormatException")) {
        return SERIALIZATION;
      }
      if (is(cause, "javax.jms.JMSSecurityException")) {
        return REJECTED;
      }
      if (cause instanceof java.net.SocketException
          || cause instanceof java.net.UnknownHostException
          || cause instanceof java.io.EOFException
          // The session is closed.
          || is(cause, "javax.jms.IllegalStateException")
          || is(cause, "org.apache.activemq.ConnectionFailedException")
          // The first after the broker's end, by chance the one or the other.
          || is(cause, "org.apache.activemq.transport.InactivityIOException")
          || is(cause, "org.apache.activemq.transport.TransportDisposedIOException")) {
        return UNREACHABLE;
      }
      cause = cause.getCause();
    }
    return OTHER;
  }

  private static boolean is(Throwable failure, String name) {
    for (Class<?> type = failure.getClass(); type != null; type = type.getSuperclass()) {
      if (type.getName().equals(name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSerialization(Throwable failure) {
    return failure instanceof NotSerializableException
        || failure instanceof ClassNotFoundException
        || failure instanceof InvalidClassException;
  }

  private static ReplicationFailure outermost(Throwable failure) {
    if (failure instanceof ServerException || failure instanceof ServerError) {
      return REJECTED;
    }
    // RMI's handshake, and with it its ConnectIOException, comes ahead of the call.
    if (failure instanceof ConnectException
        || failure instanceof ConnectIOException
        || failure instanceof UnknownHostException
        || failure instanceof NotBoundException
        || failure instanceof java.net.SocketException
        || failure instanceof java.io.EOFException) {
      return UNREACHABLE;
    }
    // An unchecked exception of the peer's own comes back as it is.
    return failure instanceof RuntimeException ? REJECTED : OTHER;
  }

  /** As ObjectInputStream words it, since Java 9 and 8u121. */
  private static boolean isFilter(@Nullable String message) {
    return message != null && message.contains("filter status: REJECTED");
  }
}
