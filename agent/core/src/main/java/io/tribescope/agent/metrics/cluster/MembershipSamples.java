package io.tribescope.agent.metrics.cluster;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.ConfigCheck;
import io.tribescope.agent.metrics.ConfigProblems;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.MembershipEvent;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.tomcat.TomcatCluster;
import io.tribescope.agent.tomcat.View;
import io.tribescope.metrics.LabelValue;
import io.tribescope.metrics.Snapshots;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who this node is, and whom it sees. */
public final class MembershipSamples {
  private MembershipSamples() {}

  public static void add(
      Snapshots out,
      Labels labels,
      ClusterSettings settings,
      ChannelRecord record,
      View view,
      Set<PeerRecord> present) {
    int members = view.size();
    out.add(MembershipFamilies.MEMBERS, labels, members);
    out.add(MembershipFamilies.GHOST_MEMBERS, labels, view.ghosts());
    Integer expected = settings.expectedMembers();
    if (expected != null) {
      out.add(MembershipFamilies.EXPECTED_MEMBERS, labels, expected);
    }
    if (members <= settings.memberSeriesLimit()) {
      out.add(MembershipFamilies.MEMBER_UP, labels.add("member", view.localName()), 1);
      for (PeerRecord peer : record.peers()) {
        if (peer.key() != view.localKey()) {
          out.add(
              MembershipFamilies.MEMBER_UP,
              labels.add("member", peer.name()),
              present.contains(peer) ? 1 : 0);
        }
      }
    }
    for (MembershipEvent event : MembershipEvent.values()) {
      out.add(
          MembershipFamilies.MEMBERSHIP_EVENTS,
          labels.add("event", LabelValue.of(event)),
          record.events(event));
    }
    addHash(out, labels, view);
  }

  private static void addHash(Snapshots out, Labels labels, View view) {
    if (view.announcesWildcard()) {
      ConfigProblems.add(out, labels, ConfigCheck.ANNOUNCED_WILDCARD);
    } else if (view.announcesLoopbackAmongOthers()) {
      ConfigProblems.add(out, labels, ConfigCheck.ANNOUNCED_LOOPBACK);
    } else {
      out.add(MembershipFamilies.VIEW_HASH, labels, view.hash());
    }
  }

  public static void addIdentity(
      Snapshots out, Labels labels, View view, @Nullable TomcatCluster cluster) {
    Labels node = labels.add("member_id", hex(view.local().uniqueId()));
    if (cluster != null) {
      node = addKnown(node, "jvm_route", cluster.jvmRoute());
      node = addKnown(node, "tomcat_version", cluster.tomcatVersion());
      Labels channel = addKnown(labels, "send_options", cluster.sendOptions());
      channel = addKnown(channel, "membership", cluster.membership());
      channel = addKnown(channel, "manager", cluster.manager());
      out.add(MembershipFamilies.CHANNEL_INFO, channel, 1);
    }
    out.add(MembershipFamilies.NODE_INFO, node, 1);
  }

  private static Labels addKnown(Labels labels, String name, @Nullable Object value) {
    return value == null ? labels : labels.add(name, value.toString());
  }

  private static String hex(byte[] bytes) {
    StringBuilder hex = new StringBuilder(bytes.length * 2);
    for (byte b : bytes) {
      hex.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    return hex.toString();
  }
}
