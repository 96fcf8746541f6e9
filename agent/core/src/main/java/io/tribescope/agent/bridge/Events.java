package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/**
 * What the hooks report, in primitives, strings and byte arrays. The recording side extends this
 * class; until it does, and for events that it leaves alone, nothing happens.
 *
 * <p>Implementations run inside Tomcat's own calls: they must not block, and must keep neither an
 * array nor an object that they are given. Objects are passed only where an identity is needed, and
 * may be kept only behind a weak reference. All methods may be called by many threads at once.
 *
 * <p>A member is named by its announced host bytes and port, never by its printed name, which
 * depends on who looks.
 */
public abstract class Events {
  static final Events NONE = new Events() {};

  /** A cluster object begins its start. */
  public void clusterStarting(Object cluster) {}

  /** A channel begins its start. */
  public void channelStarting(Object channel) {}

  /** A channel has started, and announces this address. */
  public void channelStarted(Object channel, byte[] host, int port) {}

  public void channelStopped(Object channel) {}

  /**
   * A cluster begins to send a message through its channel: {@code sessionEvent}, or -1, of that
   * session of that context. Overloads call each other: one message can begin several times.
   */
  public void clusterSending(
      Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {}

  /** ... and has sent it, or could not. As often as it began. */
  public void clusterSent(Object channel) {}

  /** The channel accepts a message; {@code map} when it belongs to a replicated map. */
  public void channelSending(boolean map) {}

  /** {@code failed} when the channel threw. */
  public void channelSent(boolean failed) {}

  /** A message got its 16-byte id. */
  public void messageIdentified(byte[] uniqueId) {}

  /**
   * A message leaves for the network, in this thread, on behalf of the local member given. {@code
   * timestamp} is when it was submitted, in ms.
   */
  public void transmitting(
      byte[] localHost, int localPort, byte[] uniqueId, long timestamp, int options, int bytes) {}

  /** ... to this destination. Called once for each, after {@link #transmitting}. */
  public void transmittingTo(byte[] host, int port) {}

  /** The last byte was written to the kernel; what remains is the peer's acknowledgement. */
  public void transmissionWritten(byte[] host, int port) {}

  /** Complete for that destination: acknowledged, where the options ask for it. */
  public void transmissionCompleted(byte[] host, int port) {}

  /** Failed for that destination. Called after the fact, once for each faulty member. */
  public void transmissionFailed(byte[] host, int port, Throwable cause) {}

  /** The network send ended; {@code failure} is what it threw. */
  public void transmitted(Throwable failure) {}

  /** A message was delivered to the channel. {@code timestamp} is the sender's, in ms. */
  public void received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {}

  /** A raw message that may be a probe was delivered. */
  public void probeReceived(Object channel, byte[] host, int port, byte[] payload) {}

  /** The message could not be read back from its bytes. */
  public void undeserializable() {}

  /** The message read back belongs to a replicated map. */
  public void mapReceived() {}

  /** The cluster was handed the message; {@code sessionEvent} or -1. */
  public void clusterReceived(int sessionEvent) {}

  /** The message reached a session manager. */
  public void managerReached() {}

  /** The manager returned: it has handled the message, or put it aside. */
  public void managerReturned() {}

  /**
   * A manager begins to fetch the sessions of another node; until it ends it puts changes aside. It
   * does so when it starts, {@code manager} being its identity.
   */
  public void stateTransferStarting(
      Object channel, Object manager, String context, String jvmRoute) {}

  public void stateTransferEnded(Object channel, String context) {}

  /** A message of a state transfer was handled; {@code failure} is what the handler threw. */
  public void stateMessageHandled(
      Object channel, String context, int sessionEvent, Throwable failure) {}

  /** A manager begins to send so many sessions to a node that asked for them. */
  public void sessionsGiving(Object channel, String context, byte[] host, int port, int sessions) {}

  /** ... this one among them. */
  public void sessionGiving(Object channel, String context, byte[] host, int port, String id) {}

  public void sessionsGiven() {}

  /** A manager has stopped: its sessions are gone from this node. */
  public void managerStopped(Object channel, String context) {}

  /** A session was made on this node. */
  public void sessionCreated(Object channel, String context, String id) {}

  /** A session is about to get another id. */
  public void sessionRenaming(Object channel, String context, String from, String to) {}

  /** A session that was another node's is about to become this one's. */
  public void sessionTaken(Object channel, String context, String id) {}

  /** A session has ended on this node, its own or a replica. */
  public void sessionExpired(Object channel, String context, String id) {}

  /** Whether the id, which a request brought, has another node's route. */
  public boolean isForeign(Object channel, String context, String id) {
    return false;
  }

  /**
   * A request came with another node's route.
   *
   * @param found whether the session is here
   * @param lapsed whether it is, but was idle for so long that Tomcat will end it
   */
  public void failedOver(
      Object channel, String context, String id, boolean found, boolean lapsed) {}

  /** A request has ended; what it changed of a session is about to be sent. */
  public void requestEnding() {}

  /** A manager is asked what there is to send of a session. */
  public void requestCompleting(Object channel, String context) {}

  /** The changes of a session were serialized; {@code failure} is what that threw. */
  public void deltaSerialized(int bytes, Throwable failure) {}

  public void requestEnded() {}

  /** A request has ended, and its session's changes, if any, go to nobody: there is no member. */
  public void requestUnsent(Object channel, String context, String id, boolean changed) {}

  /** A session message of that sender is about to be handled, also one that had been put aside. */
  public void sessionMessageHandling(
      Object channel, String context, byte[] host, int port, int sessionEvent, String id) {}

  /** Its handling ended. */
  public void sessionMessageDone() {}

  /** A session message met its session. */
  public void sessionMet() {}

  /** A session message was handled; {@code failure} is what the handler threw. */
  public void sessionMessageHandled(Throwable failure) {}

  /** Delivery of the message ended. */
  public void receiveEnded() {}

  public void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {}

  /** {@code announced} when the member said that it was leaving. */
  public void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {}

  /** A member is suspected, and about to be verified. */
  public void memberSuspected(byte[] host, int port) {}

  public void memberVerified(byte[] host, int port, boolean alive) {}

  /** The receiver waits for a free worker, and has got one. */
  public void receiverWaiting() {}

  public void receiverServed() {}

  /** A message is about to be put into a dispatcher's queue, on behalf of that local member. */
  public void queueing(Object dispatcher, byte[] localHost, int localPort) {}

  /** It was not put there after all; {@code shutdown} when the queue has been shut down. */
  public void queueRefused(Object dispatcher, boolean shutdown) {}

  /** A message was taken out of the queue, to be sent. */
  public void queueTaken(Object dispatcher) {}

  /** The queue was stopped, and all that waited in it thrown away. */
  public void queueStopped(Object dispatcher) {}

  /** A submitted message was thrown away because the queue is full. */
  public void queueFull(byte[] localHost, int localPort, byte[] uniqueId) {}

  /**
   * An application left a session's attribute out of what it serializes.
   *
   * @param loader the class loader of the code that did, an identity
   * @param type the class of the attribute
   */
  public void attributeDropped(Object loader, String type) {}
}
