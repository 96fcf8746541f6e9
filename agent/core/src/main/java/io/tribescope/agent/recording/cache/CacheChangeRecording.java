package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.counters.Stripe;
import org.jspecify.annotations.Nullable;

/** Which caches are replicated, what changes in them, and what of that stays here. */
final class CacheChangeRecording implements CacheEvents {
  private final CacheRecords records;

  CacheChangeRecording(CacheRecords records) {
    this.records = records;
  }

  @Override
  public void cacheReplicated(
      Object listeners, @Nullable Object cache, Object replicator, boolean queues) {
    CacheRecord record = cache == null ? null : records.add(listeners, cache);
    if (record != null) {
      records.addReplicator(replicator, record, queues);
    }
  }

  @Override
  public void cacheChanged(Object listeners, int operation, boolean remote) {
    CacheRecord cache = records.of(listeners);
    if (cache != null) {
      cache.changed(Stripe.current(), operation, remote);
    }
  }

  @Override
  public void replicating(Object listeners, Object cache, Object replicator, boolean queues) {
    if (records.ofReplicator(replicator) == null) {
      cacheReplicated(listeners, cache, replicator, queues);
    }
  }

  @Override
  public void unserializable(Object listeners, Object cache, Object replicator, boolean queues) {
    replicating(listeners, cache, replicator, queues);
    CacheRecord record = records.of(listeners);
    if (record != null) {
      record.dropped(Stripe.current(), CacheDrop.NOT_SERIALIZABLE, 1);
    }
  }
}
