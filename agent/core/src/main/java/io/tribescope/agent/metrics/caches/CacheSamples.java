package io.tribescope.agent.metrics.caches;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.ehcache.BoundPeer;
import io.tribescope.agent.ehcache.HostAndPort;
import io.tribescope.agent.ehcache.PeerProvider;
import io.tribescope.agent.ehcache.ReplicatedCache;
import io.tribescope.agent.metrics.ConfigProblems;
import io.tribescope.agent.metrics.Histograms;
import io.tribescope.agent.metrics.caches.CacheReadings.Reading;
import io.tribescope.agent.reads.HostAddresses;
import io.tribescope.agent.recording.cache.CacheRecorder;
import io.tribescope.agent.recording.cache.records.BootstrapOutcome;
import io.tribescope.agent.recording.cache.records.CacheDrop;
import io.tribescope.agent.recording.cache.records.CachePeerRecord;
import io.tribescope.agent.recording.cache.records.CacheRecord;
import io.tribescope.agent.recording.cache.records.CacheTotal;
import io.tribescope.agent.recording.cache.records.PeerUrl;
import io.tribescope.agent.recording.cache.records.ProviderRecord;
import io.tribescope.agent.recording.cache.records.ReplicationFailure;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whether replicated caches are in step. One scrape at a time. */
public final class CacheSamples {
  private static final String[] OPERATIONS = {"put", "remove", "remove_all", "update"};

  private final CacheRecorder recorder;
  private final CacheReadings readings;
  private final CacheProblems problems;
  private final HostAddresses hosts;
  private final PeerAddresses addresses;

  public CacheSamples(CacheRecorder recorder) {
    this(recorder, new HostAddresses());
  }

  CacheSamples(CacheRecorder recorder, HostAddresses hosts) {
    this.recorder = recorder;
    this.hosts = hosts;
    this.readings = new CacheReadings(recorder.records());
    this.problems = new CacheProblems(recorder.records(), hosts);
    this.addresses = new PeerAddresses(recorder.hosts(), hosts);
  }

  /**
   * @param observer of the channel on this node; empty without one
   */
  public synchronized void addTo(Snapshots out, String cluster, String observer) {
    recorder.makeRoom();
    List<Reading> all = readings.read();
    hosts.lookUp(hostsOf(all));
    Labels own = Labels.of("cluster", cluster, "observer", observer);
    problems.of(all).forEach(problem -> ConfigProblems.add(out, own, problem));
    Map<CacheName, List<Reading>> byName = new LinkedHashMap<>();
    Map<Labels, List<Reading>> byManager = new LinkedHashMap<>();
    for (Reading reading : all) {
      byName.computeIfAbsent(reading.name, n -> new ArrayList<>()).add(reading);
      byManager
          .computeIfAbsent(reading.name.managerLabels(cluster), m -> new ArrayList<>())
          .add(reading);
    }
    byName.forEach((name, same) -> addCache(out, name.labels(cluster), same));
    byManager.forEach((labels, caches) -> addManager(out, labels, caches));
  }

  private Set<String> hostsOf(List<Reading> all) {
    Set<String> named = new HashSet<>(recorder.hosts().all());
    for (Reading reading : all) {
      HostAndPort own = HostAndPort.of(BoundPeer.url(reading.record.boundPeer()));
      if (own != null) {
        named.add(own.host);
      }
    }
    return named;
  }

  private void addCache(Snapshots out, Labels labels, List<Reading> same) {
    CacheTotal total = new CacheTotal();
    same.forEach(reading -> total.add(reading.record));
    CacheRecord record = total.cache();
    for (int operation = 0; operation < OPERATIONS.length; operation++) {
      Labels ofOperation = labels.add("operation", OPERATIONS[operation]);
      out.add(
          CacheFamilies.EVENTS,
          ofOperation.add("origin", "local"),
          record.events(operation, false));
      out.add(
          CacheFamilies.EVENTS,
          ofOperation.add("origin", "remote"),
          record.events(operation, true));
    }
    for (CacheDrop reason : CacheDrop.values()) {
      out.add(
          CacheFamilies.DROPPED,
          labels.add("reason", LabelValue.of(reason)),
          record.dropped(reason));
    }
    for (BootstrapOutcome outcome : BootstrapOutcome.values()) {
      if (record.isInGroup() && record.bootstraps(outcome).number() == 0) {
        // JGroups bootstraps in its own way, which nobody watches.
        continue;
      }
      Labels ofOutcome = labels.add("outcome", LabelValue.of(outcome));
      out.add(CacheFamilies.BOOTSTRAPS, ofOutcome, record.bootstraps(outcome).number());
      if (record.bootstraps(outcome).number() > 0) {
        Histograms.add(out, CacheFamilies.BOOTSTRAP_SECONDS, ofOutcome, record.bootstraps(outcome));
      }
    }
    byAddress(record.peers()).forEach((address, peer) -> addPeer(out, labels, address, peer, same));
    addPresent(out, labels, same);
  }

  private void addPeer(
      Snapshots out, Labels labels, String address, CachePeerRecord peer, List<Reading> same) {
    Labels ofPeer = labels.add("peer", address);
    for (int operation = 0; operation < CachePeerRecord.OPERATIONS; operation++) {
      Labels each = ofPeer.add("operation", OPERATIONS[operation]);
      out.add(CacheFamilies.SENT, each, peer.sent(operation));
      out.add(CacheFamilies.RECEIVED, each, peer.received(operation));
    }
    for (ReplicationFailure reason : ReplicationFailure.values()) {
      out.add(
          CacheFamilies.FAILURES, ofPeer.add("reason", LabelValue.of(reason)), peer.failed(reason));
    }
    double waiting = 0;
    for (Reading reading : same) {
      for (CachePeerRecord own : reading.record.peers()) {
        if (address.equals(addresses.of(own.host()))) {
          waiting = Math.max(waiting, recorder.callSeconds(reading.record, own.host()));
        }
      }
    }
    out.add(CacheFamilies.WAITING, ofPeer, waiting);
  }

  /** What is true of the caches that there are now; of several of one name, of the worse. */
  private void addPresent(Snapshots out, Labels labels, List<Reading> same) {
    long waiting = -1;
    long elements = -1;
    // Of several of one name a figure is not known without each.
    boolean sized = true;
    boolean counted = true;
    int peers = Integer.MAX_VALUE;
    for (Reading reading : same) {
      ReplicatedCache cache = reading.alive;
      if (cache == null) {
        continue;
      }
      long queued = reading.record.waiting();
      waiting = queued < 0 ? waiting : Math.max(0, waiting) + queued;
      Number held = reading.elements;
      sized &= held != null;
      elements = held == null ? elements : Math.max(0, elements) + held.longValue();
      int found = peers(reading);
      counted &= found >= 0;
      peers = found < 0 ? peers : Math.min(peers, found);
    }
    if (waiting >= 0) {
      out.add(CacheFamilies.QUEUE, labels, waiting);
    }
    if (sized && elements >= 0) {
      out.add(CacheFamilies.ELEMENTS, labels, elements);
    }
    // None is the fewest that there can be, whatever the others have.
    if (peers == 0 || (counted && peers != Integer.MAX_VALUE)) {
      out.add(CacheFamilies.PEERS, labels, peers);
    }
  }

  /** -1 while that is not known. */
  private int peers(Reading reading) {
    if (reading.record.isInGroup()) {
      return reading.groupMembers == null ? -1 : reading.groupMembers;
    }
    Object object = reading.alive == null ? null : reading.alive.provider();
    PeerProvider provider = object == null ? null : new PeerProvider(object);
    if (provider == null || !provider.isMulticast()) {
      return reading.record.listedPeers();
    }
    ProviderRecord record = providerOf(reading);
    long stale = provider.staleNanos();
    if (stale < 0) {
      return -1;
    }
    long now = System.nanoTime();
    int found = 0;
    if (record != null) {
      for (PeerUrl url : record.urls(false, now)) {
        if (url.isFound()
            && now - url.foundNanos() <= stale
            && url.cacheName().equals(reading.name.cache)) {
          found++;
        }
      }
    }
    return found;
  }

  private @Nullable ProviderRecord providerOf(Reading reading) {
    Object provider = reading.alive == null ? null : reading.alive.provider();
    return provider == null ? null : recorder.records().knownProvider(provider);
  }

  private void addManager(Snapshots out, Labels labels, List<Reading> caches) {
    CacheTotal total = new CacheTotal();
    Set<ProviderRecord> providers = new HashSet<>();
    for (Reading reading : caches) {
      total.add(reading.record);
      ProviderRecord provider = providerOf(reading);
      if (provider != null) {
        providers.add(provider);
      }
    }
    byAddress(total.cache().peers())
        .forEach(
            (address, peer) -> {
              if (peer.delay().number() > 0) {
                Histograms.add(out, CacheFamilies.DELAY, labels.add("peer", address), peer.delay());
              }
            });
    long now = System.nanoTime();
    Map<String, Double> ages = new TreeMap<>();
    for (ProviderRecord record : providers) {
      // Of several managers of one name, each of which hears for itself, the worse.
      agesOf(record, now).forEach((address, age) -> ages.merge(address, age, Math::max));
    }
    ages.forEach(
        (address, age) -> out.add(CacheFamilies.HEARTBEAT_AGE, labels.add("peer", address), age));
  }

  /** How long ago each peer was last heard, whichever of its caches it told of. */
  private Map<String, Double> agesOf(ProviderRecord record, long now) {
    Map<String, Double> ages = new HashMap<>();
    Object provider = record.provider();
    if (provider != null && new PeerProvider(provider).isMulticast()) {
      for (PeerUrl url : record.urls(false, now)) {
        String address = addresses.of(url.host());
        if (address != null) {
          ages.merge(address, (now - url.heardNanos()) / 1e9, Math::min);
        }
      }
    }
    return ages;
  }

  /** Several names can stand for one address. */
  private Map<String, CachePeerRecord> byAddress(List<CachePeerRecord> peers) {
    Map<String, CachePeerRecord> byAddress = new TreeMap<>();
    for (CachePeerRecord peer : peers) {
      String address = addresses.of(peer.host());
      if (address != null) {
        byAddress.merge(address, peer, CachePeerRecord::plus);
      }
    }
    return byAddress;
  }
}
