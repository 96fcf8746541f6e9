package io.tribescope.agent.probe;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.tomcat.TribesChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer that can be sent to now. */
final class Target {
  private static final Logger logger = LoggerFactory.getLogger(Target.class);

  final ChannelRecord channel;
  final PeerRecord peer;
  private final TribesChannel tribes;
  private final TribesChannel.Member member;

  private Target(
      ChannelRecord channel, PeerRecord peer, TribesChannel tribes, TribesChannel.Member member) {
    this.channel = channel;
    this.peer = peer;
    this.tribes = tribes;
    this.member = member;
  }

  /** The members of every channel's view, each address once. */
  static List<Target> all(Channels channels) {
    List<Target> targets = new ArrayList<>();
    for (ChannelRecord record : channels.all()) {
      Object channel = record.channel();
      if (channel == null) {
        continue;
      }
      try {
        TribesChannel tribes = new TribesChannel(channel);
        Map<Long, Target> byAddress = new HashMap<>();
        for (TribesChannel.Member member : tribes.members()) {
          PeerRecord peer = record.member(member.host(), member.port());
          byAddress.put(
              MemberKey.of(member.host(), member.port()), new Target(record, peer, tribes, member));
        }
        targets.addAll(byAddress.values());
      } catch (ReflectiveOperationException | RuntimeException e) {
        logger.debug("The members of a channel cannot be read", e);
      }
    }
    return targets;
  }

  void send(Probe probe) {
    try {
      tribes.send(member, probe.toBytes());
    } catch (ReflectiveOperationException | RuntimeException e) {
      logger.debug("No probe to {}: {}", peer.name(), e.toString());
    }
  }
}
