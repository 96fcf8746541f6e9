package io.tribescope.agent.bridge;

import org.jspecify.annotations.Nullable;

/** Where a cache that starts fetches what its peers hold. */
public interface CacheBootstrapEvents {
  CacheBootstrapEvents NONE = new CacheBootstrapEvents() {};

  /** A cache begins to fetch what others hold. */
  default @Nullable Notes bootstrapping(Object listeners, Object cache) {
    return null;
  }

  /** So many peers were found to fetch from. */
  default void bootstrapPeersFound(int peers) {}

  /** It has ended; {@code failure} is what that threw. */
  default void bootstrapped(@Nullable Notes begun, @Nullable Throwable failure) {}
}
