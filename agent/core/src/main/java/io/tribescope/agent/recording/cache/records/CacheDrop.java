package io.tribescope.agent.recording.cache.records;

/** Why a change was offered to no peer at all. */
public enum CacheDrop {
  NO_PEERS,
  /** It waited behind a SoftReference, which the JVM cleared. */
  COLLECTED,
  NOT_SERIALIZABLE,
  /** The replicator, or its thread, had ended. */
  SHUTDOWN,
  /** The peers could not be listed; or a change ahead in the batch ended it. */
  ERROR
}
