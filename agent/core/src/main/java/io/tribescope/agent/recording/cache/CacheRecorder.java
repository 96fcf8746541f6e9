package io.tribescope.agent.recording.cache;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheBootstrapEvents;
import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.CachePeerEvents;
import io.tribescope.agent.bridge.CacheReceiveEvents;
import io.tribescope.agent.bridge.CacheSendEvents;
import io.tribescope.agent.bridge.GroupEvents;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheRecords;
import io.tribescope.agent.recording.cache.records.CallsInProgress;
import io.tribescope.agent.recording.cache.records.IdleHosts;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import io.tribescope.agent.recording.cache.records.StubHosts;

/**
 * Makes the recordings of Ehcache's replicated caches, one for each subject of events, and connects
 * them. On the path of every put stands a look-up by identity and an add; what comes more often
 * than once a batch allocates nothing but for a thread, a cache or a peer that is new.
 */
public final class CacheRecorder {
  private final CacheRecords records = new CacheRecords();
  private final PeerHosts hosts = new PeerHosts();
  private final StubHosts stubs = new StubHosts();
  private final CallsInProgress calls = new CallsInProgress();
  private final IdleHosts idle = new IdleHosts(records, hosts, stubs, calls);
  private final ThreadLocal<CacheThread> threads =
      ThreadLocal.withInitial(() -> new CacheThread(calls));
  private final Handovers handovers = new Handovers(calls);
  private final CacheChangeRecording changes = new CacheChangeRecording(records);
  private final CacheSendRecording sending = new CacheSendRecording(records, stubs, threads);
  private final CacheReceiveRecording receiving =
      new CacheReceiveRecording(records, hosts, threads);
  private final CachePeerRecording peers = new CachePeerRecording(records, hosts, stubs, threads);
  private final CacheBootstrapRecording bootstraps = new CacheBootstrapRecording(records, threads);
  private final TransportRecording transports = new TransportRecording(records, handovers);
  private final GroupRecording groups = new GroupRecording(records, handovers);

  /** From now on what woven code reports comes to these recordings. */
  public void connect() {
    Bridge.connect(changes);
    Bridge.connect(sending);
    Bridge.connect(receiving);
    Bridge.connect(peers);
    Bridge.connect(bootstraps);
    Bridge.connect(transports);
    Bridge.connect(groups);
  }

  public CacheRecords records() {
    return records;
  }

  public PeerHosts hosts() {
    return hosts;
  }

  /**
   * Makes room for others: forgets what the application has dropped, and peers that have been
   * silent for a day, where many are known. For one scrape at a time.
   */
  public void makeRoom() {
    records.seekRoom();
    idle.forget(System.nanoTime());
  }

  /**
   * How long that cache has now been waiting for that peer, in seconds; 0 when it is not.
   *
   * @param host the peer's number
   */
  public double callSeconds(CacheRecord cache, int host) {
    return calls.nanos(cache, host, System.nanoTime()) / 1e9;
  }

  CacheEvents changes() {
    return changes;
  }

  CacheSendEvents sending() {
    return sending;
  }

  CacheReceiveEvents receiving() {
    return receiving;
  }

  CachePeerEvents peers() {
    return peers;
  }

  CacheBootstrapEvents bootstraps() {
    return bootstraps;
  }

  TransportEvents transports() {
    return transports;
  }

  GroupEvents groups() {
    return groups;
  }
}
