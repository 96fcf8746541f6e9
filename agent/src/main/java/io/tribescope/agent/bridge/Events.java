package io.tribescope.agent.bridge;

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

  /** The application's cluster hands a message to the channel; {@code sessionEvent} or -1. */
  public void clusterSending(int sessionEvent) {}

  public void clusterSent() {}

  /** The channel accepts a message; {@code map} when it belongs to a replicated map. */
  public void channelSending(boolean map) {}

  public void channelSent() {}

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
   * A manager begins to fetch the sessions of another node; until it ends it puts changes aside.
   */
  public void stateTransferStarting() {}

  public void stateTransferEnded() {}

  /** A session message of that sender is about to be handled, also one that had been put aside. */
  public void sessionMessageHandling(byte[] host, int port, int sessionEvent) {}

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
}
