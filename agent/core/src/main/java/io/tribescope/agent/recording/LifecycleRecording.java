package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.LifecycleEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.channels.ClusterListener;
import io.tribescope.agent.recording.members.MemberKey;

/** Which channels there are, and by what address others know them. */
final class LifecycleRecording implements LifecycleEvents {
  private final Channels channels;
  private final ClusterListener clusters;

  LifecycleRecording(Channels channels, ClusterListener clusters) {
    this.channels = channels;
    this.clusters = clusters;
  }

  @Override
  public void clusterStarting(Object cluster) {
    clusters.clusterStarting(cluster);
  }

  @Override
  public void channelStarting(Object channel) {
    channels.add(channel);
  }

  @Override
  public void channelStarted(Object channel, byte[] host, int port) {
    ChannelRecord record = channels.of(channel);
    if (record != null) {
      record.setLocalKey(MemberKey.of(host, port));
    }
  }

  @Override
  public void channelStopped(Object channel) {
    channels.remove(channel);
  }
}
