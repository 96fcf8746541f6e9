package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** How a cache manager finds its peers over RMI, and how it can be found itself. */
public interface CachePeerEvents {
  CachePeerEvents NONE = new CachePeerEvents() {};

  /** A peer is about to be looked up in its registry. */
  default @Nullable Notes peerLookingUp(String url) {
    return null;
  }

  /** Its stub was found, or {@code failure} says why not. */
  default void peerLookedUp(
      @Nullable Notes begun, @Nullable Object peer, @Nullable Throwable failure) {}

  /** A provider was told of a peer, by its heartbeat, or of a configured one. */
  default @Nullable Notes heartbeat(Object provider, String url) {
    return null;
  }

  /** It knows now whether the peer can be looked up. */
  default void heartbeatHandled(@Nullable Notes begun) {}

  /** A cache manager begins to listen for others, under that configured name. */
  default void listenerConfigured(Object manager, @Nullable String hostName) {}
}
