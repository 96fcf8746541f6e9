package io.tribescope.agent.tomcat;

import io.tribescope.agent.recording.channels.ClusterListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The clusters of this JVM that have begun to start. Thread-safe. */
public final class TomcatClusters implements ClusterListener {
  private final List<TomcatCluster> clusters = new CopyOnWriteArrayList<>();

  @Override
  public void clusterStarting(Object cluster) {
    clusters.removeIf(known -> known.gone() || known.isFor(cluster));
    clusters.add(new TomcatCluster(cluster));
  }

  /** The cluster that uses that channel, if any does. */
  public @Nullable TomcatCluster ofChannel(Object channel) {
    for (TomcatCluster cluster : clusters) {
      if (cluster.channel() == channel) {
        return cluster;
      }
    }
    return null;
  }
}
