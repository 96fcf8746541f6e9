package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CachePeerEvents;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.PeerUrl;
import io.tribescope.agent.recording.cache.records.ProviderRecord;
import io.tribescope.agent.recording.cache.records.StubHosts;
import org.jspecify.annotations.Nullable;

/** Which peers there are, and whether they can be looked up. */
final class CachePeerRecording implements CachePeerEvents {
  private final CacheRecords records;
  private final PeerHosts hosts;
  private final StubHosts stubs;
  private final ThreadLocal<CacheThread> threads;

  CachePeerRecording(
      CacheRecords records, PeerHosts hosts, StubHosts stubs, ThreadLocal<CacheThread> threads) {
    this.records = records;
    this.hosts = hosts;
    this.stubs = stubs;
    this.threads = threads;
  }

  @Override
  public Notes peerLookingUp(String url) {
    CacheThread thread = threads.get();
    int host = hosts.ofUrl(url);
    Propagation propagation = thread.propagations.current();
    if (propagation.isOpen()) {
      propagation.lookingUp(host, System.nanoTime());
    }
    thread.lookingUp = host;
    return thread;
  }

  @Override
  public void peerLookedUp(
      @Nullable Notes begun, @Nullable Object peer, @Nullable Throwable failure) {
    CacheThread thread = threads.get();
    // Of one that was not begun it is not known where it went, but it is known how it ended.
    int host = begun == null ? -1 : thread.lookingUp;
    thread.lookingUp = -1;
    Propagation propagation = thread.propagations.current();
    if (propagation.isOpen()) {
      if (begun != null) {
        propagation.lookedUp(peer, failure);
      }
    } else if (thread.announced != null) {
      thread.lookUpFailed |= failure != null;
      if (peer != null && host >= 0) {
        stubs.put(peer, host);
      }
    }
  }

  @Override
  public Notes heartbeat(Object provider, String url) {
    CacheThread thread = threads.get();
    ProviderRecord known = records.provider(provider);
    PeerUrl announced = known == null ? null : known.heard(url, hosts, System.nanoTime());
    thread.lookUpFailed = false;
    thread.announced = announced;
    return thread;
  }

  @Override
  public void heartbeatHandled(@Nullable Notes begun) {
    CacheThread thread = threads.get();
    PeerUrl announced = thread.announced;
    if (begun != null && announced != null) {
      thread.announced = null;
      announced.found(!thread.lookUpFailed, System.nanoTime());
    }
  }

  @Override
  public void listenerConfigured(Object manager, @Nullable String hostName) {
    records.addListener(manager, hostName != null && !hostName.isEmpty());
  }
}
