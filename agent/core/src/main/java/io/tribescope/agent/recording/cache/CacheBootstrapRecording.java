package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CacheBootstrapEvents;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.BootstrapOutcome;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.counters.Stripe;
import org.jspecify.annotations.Nullable;

/** What caches fetched from their peers when they started, and how long that took. */
final class CacheBootstrapRecording implements CacheBootstrapEvents {
  private final CacheRecords records;
  private final ThreadLocal<CacheThread> threads;

  CacheBootstrapRecording(CacheRecords records, ThreadLocal<CacheThread> threads) {
    this.records = records;
    this.threads = threads;
  }

  @Override
  public Notes bootstrapping(Object listeners, Object cache) {
    CacheThread thread = threads.get();
    Bootstrap begun = new Bootstrap(records.add(listeners, cache), thread.bootstrap);
    thread.bootstrap = begun;
    return begun;
  }

  @Override
  public void bootstrapPeersFound(int peers) {
    Bootstrap bootstrap = threads.get().bootstrap;
    if (bootstrap != null) {
      bootstrap.peers = peers;
    }
  }

  @Override
  public void bootstrapped(@Nullable Notes begun, @Nullable Throwable failure) {
    if (!(begun instanceof Bootstrap)) {
      return;
    }
    Bootstrap ended = (Bootstrap) begun;
    threads.get().bootstrap = ended.outer;
    if (ended.cache != null) {
      BootstrapOutcome outcome =
          failure != null
              ? BootstrapOutcome.FAILED
              : ended.peers > 0 ? BootstrapOutcome.COMPLETE : BootstrapOutcome.NO_PEERS;
      ended.cache.bootstrapped(Stripe.current(), outcome, System.nanoTime() - ended.beginNanos);
    }
  }
}
