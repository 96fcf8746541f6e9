package io.tribescope.agent.metrics.node;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.tribescope.agent.metrics.ConfigCheck;
import io.tribescope.agent.metrics.ConfigProblems;
import io.tribescope.agent.metrics.caches.CacheSamples;
import io.tribescope.agent.metrics.cluster.ClusterSettings;
import io.tribescope.agent.metrics.cluster.LagSamples;
import io.tribescope.agent.metrics.cluster.MembershipSamples;
import io.tribescope.agent.metrics.cluster.QueueSamples;
import io.tribescope.agent.metrics.cluster.ReceiveSamples;
import io.tribescope.agent.metrics.cluster.SendSamples;
import io.tribescope.agent.metrics.sessions.AttributeSamples;
import io.tribescope.agent.metrics.sessions.SessionSamples;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.tomcat.TomcatCluster;
import io.tribescope.agent.tomcat.TomcatClusters;
import io.tribescope.agent.tomcat.TribesChannel;
import io.tribescope.agent.tomcat.View;
import io.tribescope.metrics.Snapshots;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads records and views at a scrape, and names what they say. Thread-safe. */
public final class ClusterCollector implements MultiCollector {
  private static final Logger logger = LoggerFactory.getLogger(ClusterCollector.class);

  private final Recorder recorder;
  private final TomcatClusters clusters;
  private final ClusterSettings settings;
  private final CacheSamples caches;
  private final AgentSamples agent;
  private final DataSourceSamples dataSources = new DataSourceSamples();
  private volatile double previousSeconds = Double.NaN;

  public ClusterCollector(
      Recorder recorder,
      TomcatClusters clusters,
      ClusterSettings settings,
      CacheSamples caches,
      AgentSamples agent) {
    this.recorder = recorder;
    this.clusters = clusters;
    this.settings = settings;
    this.caches = caches;
    this.agent = agent;
  }

  @Override
  public MetricSnapshots collect() {
    long begin = System.nanoTime();
    Snapshots out = new Snapshots(agent.hooks()::broken);
    recorder.settle();
    List<ChannelRecord> channels = recorder.channels().all();
    for (int number = 1; number <= channels.size(); number++) {
      try {
        addChannel(out, channels.get(number - 1), number, channels.size());
      } catch (ReflectiveOperationException | RuntimeException e) {
        logger.warn("A channel cannot be read, its series are left out: {}", e.toString());
      }
    }
    try {
      addCaches(out, channels);
    } catch (ReflectiveOperationException | RuntimeException e) {
      logger.warn("The caches cannot be read, their series are left out: {}", e.toString());
    }
    try {
      dataSources.addTo(out);
    } catch (RuntimeException e) {
      logger.warn("Connection pools cannot be read, their series are left out: {}", e.toString());
    }
    agent.addTo(out);
    if (!Double.isNaN(previousSeconds)) {
      out.add(AgentFamilies.SCRAPE_SECONDS, Labels.EMPTY, previousSeconds);
    }
    previousSeconds = (System.nanoTime() - begin) / 1e9;
    return out.build();
  }

  private void addChannel(Snapshots out, ChannelRecord record, int number, int channels)
      throws ReflectiveOperationException {
    Object channel = record.channel();
    int viewEvents = record.viewEvents();
    View view = channel == null ? null : View.of(channel);
    if (channel == null || view == null) {
      return;
    }
    Set<PeerRecord> present = new HashSet<>();
    for (TribesChannel.Member member : view.others()) {
      present.add(record.member(member.host(), member.port()));
    }
    record.reconcile(present, viewEvents, System.nanoTime());

    TomcatCluster cluster = clusters.ofChannel(channel);
    Labels labels =
        Labels.of(
            "cluster",
            name(cluster, channels == 1 ? null : suffix(channel, cluster, number)),
            "observer",
            view.localName());
    MembershipSamples.add(out, labels, settings, record, view, present);
    MembershipSamples.addIdentity(out, labels, view, cluster);
    SendSamples.add(out, labels, record);
    ReceiveSamples.add(out, labels, record);
    LagSamples.add(out, labels, record);
    SessionSamples.add(out, labels, record, present);
    AttributeSamples.add(out, labels, recorder.droppedAttributes(), channels == 1 ? null : record);
    QueueSamples.add(out, labels, record.queue(), channel);
    if (channels == 1) {
      // A waiting receiver does not say whose it is.
      ReceiveSamples.addWait(out, labels, recorder.receiverWait().seconds());
    }
    if (settings.cluster() == null) {
      ConfigProblems.add(out, labels, ConfigCheck.CLUSTER_UNNAMED);
    }
  }

  /** Caches know of no channel: they are said to belong to the cluster of the first one. */
  private void addCaches(Snapshots out, List<ChannelRecord> channels)
      throws ReflectiveOperationException {
    Object channel = channels.isEmpty() ? null : channels.get(0).channel();
    View view = channel == null ? null : View.of(channel);
    caches.addTo(
        out,
        name(channel == null ? null : clusters.ofChannel(channel), null),
        view == null ? "" : view.localName());
  }

  private String name(@Nullable TomcatCluster cluster, @Nullable String suffix) {
    String configured = settings.cluster();
    String tomcats = cluster == null ? null : cluster.name();
    String name = configured != null ? configured : tomcats != null ? tomcats : "unnamed";
    return suffix == null ? name : name + "/" + suffix;
  }

  /**
   * Tells the channels of one JVM apart, alike on every node: two clusters must not look as one.
   */
  private static String suffix(Object channel, @Nullable TomcatCluster cluster, int number)
      throws ReflectiveOperationException {
    String container = cluster == null ? null : cluster.containerName();
    String name = container != null ? container : new TribesChannel(channel).name();
    return name != null ? name : "channel" + number;
  }
}
