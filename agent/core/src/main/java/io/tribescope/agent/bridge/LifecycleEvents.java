package io.tribescope.agent.bridge;

/** Clusters and channels that begin and end. */
public interface LifecycleEvents {
  LifecycleEvents NONE = new LifecycleEvents() {};

  /** A cluster object begins its start. */
  default void clusterStarting(Object cluster) {}

  /** A channel begins its start. */
  default void channelStarting(Object channel) {}

  /** A channel has started, and announces this address. */
  default void channelStarted(Object channel, byte[] host, int port) {}

  /** A channel neither sends nor receives any more. */
  default void channelStopped(Object channel) {}
}
