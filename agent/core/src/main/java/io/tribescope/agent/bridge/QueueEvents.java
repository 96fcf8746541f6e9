package io.tribescope.agent.bridge;

/** Asynchronous messages that wait in a dispatcher's queue. A dispatcher is an identity. */
public interface QueueEvents {
  QueueEvents NONE = new QueueEvents() {};

  /** A message is about to be put into the queue, on behalf of that local member. */
  default void queueing(Object dispatcher, byte[] localHost, int localPort) {}

  /** It was not put there after all; {@code shutdown} when the queue has been shut down. */
  default void queueRefused(Object dispatcher, boolean shutdown) {}

  /** A message was taken out of the queue, to be sent. */
  default void queueTaken(Object dispatcher) {}

  /** The queue was stopped, and all that waited in it thrown away. */
  default void queueStopped(Object dispatcher) {}

  /** A submitted message was thrown away because the queue is full. */
  default void queueFull(byte[] localHost, int localPort, byte[] uniqueId) {}
}
