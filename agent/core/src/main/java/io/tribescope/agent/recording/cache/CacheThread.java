package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.CallsInProgress;
import io.tribescope.agent.recording.cache.records.PeerUrl;
import org.jspecify.annotations.Nullable;

/**
 * What one thread remembers between hooks of the same call. Made once for a thread; holds nothing
 * of the application's.
 */
final class CacheThread implements Notes {
  final Nested<Propagation> propagations;

  /** What a provider is being told of, until it has looked that up; and how that went. */
  @Nullable PeerUrl announced;

  boolean lookUpFailed;

  /** The host whose registry is being asked, or -1. */
  int lookingUp = -1;

  /** The host whose batch is being applied, or -1. */
  int batchFrom = -1;

  @Nullable Bootstrap bootstrap;

  CacheThread(CallsInProgress calls) {
    propagations = new Nested<>(() -> new Propagation(calls));
  }
}
