package io.tribescope.agent.recording.channels;

/** Hears of clusters, once each start, in the thread that starts them. */
public interface ClusterListener {
  void clusterStarting(Object cluster);
}
