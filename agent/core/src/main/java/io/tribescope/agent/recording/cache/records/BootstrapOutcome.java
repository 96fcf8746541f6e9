package io.tribescope.agent.recording.cache.records;

/** How a cache's first fetching from its peers ended. */
public enum BootstrapOutcome {
  COMPLETE,
  /** Nobody was found to fetch from: the cache began empty. */
  NO_PEERS,
  FAILED
}
