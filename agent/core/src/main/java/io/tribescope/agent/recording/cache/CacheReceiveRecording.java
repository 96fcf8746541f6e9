package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.CacheReceiveEvents;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.counters.Stripe;
import java.rmi.server.RemoteServer;
import java.rmi.server.ServerNotActiveException;
import org.jspecify.annotations.Nullable;

/**
 * What each host has sent that was applied here. A call asks RMI for the caller's address, a short
 * string beside all that RMI has read.
 */
final class CacheReceiveRecording implements CacheReceiveEvents {
  private final CacheRecords records;
  private final PeerHosts hosts;
  private final ThreadLocal<CacheThread> threads;

  CacheReceiveRecording(CacheRecords records, PeerHosts hosts, ThreadLocal<CacheThread> threads) {
    this.records = records;
    this.hosts = hosts;
    this.threads = threads;
  }

  @Override
  public void peerBound(Object listeners, Object cache, String name, String manager, Object peer) {
    CacheRecord record = records.add(listeners, cache);
    if (record != null) {
      record.bind(name, manager, peer);
    }
  }

  @Override
  public Notes batchReceiving() {
    CacheThread thread = threads.get();
    thread.batchFrom = caller();
    return thread;
  }

  @Override
  public void batchReceived(@Nullable Notes begun) {
    if (begun != null) {
      threads.get().batchFrom = -1;
    }
  }

  @Override
  public void received(Object listeners, Object cache, int operation) {
    CacheRecord record = records.add(listeners, cache);
    if (record != null) {
      int batchFrom = threads.get().batchFrom;
      record.peer(batchFrom >= 0 ? batchFrom : caller()).received(Stripe.current(), operation);
    }
  }

  /** The host whose call this thread serves. */
  private int caller() {
    try {
      return hosts.ofHost(RemoteServer.getClientHost());
    } catch (ServerNotActiveException e) {
      // An application that calls its own peer.
      return PeerHosts.OTHER;
    }
  }
}
