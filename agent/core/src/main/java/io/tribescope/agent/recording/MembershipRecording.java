package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.MembershipEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.counters.Stripe;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.MembershipEvent;
import io.tribescope.agent.recording.members.PeerRecord;

/** Who came, went, was suspected and cleared of it. */
final class MembershipRecording implements MembershipEvents {
  private final Channels channels;

  MembershipRecording(Channels channels) {
    this.channels = channels;
  }

  @Override
  public void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {
    ChannelRecord record = channels.of(channel);
    if (record != null) {
      boolean sameLife = record.appeared(record.member(host, port), MemberKey.ofUniqueId(uniqueId));
      record.event(Stripe.current(), sameLife ? MembershipEvent.REJOINED : MembershipEvent.JOINED);
    }
  }

  @Override
  public void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {
    ChannelRecord record = channels.of(channel);
    if (record != null) {
      long id = MemberKey.ofUniqueId(uniqueId);
      record.disappeared(record.member(host, port), id, announced, System.nanoTime());
      record.event(Stripe.current(), announced ? MembershipEvent.LEFT : MembershipEvent.FAILED);
    }
  }

  @Override
  public void memberSuspected(byte[] host, int port) {
    suspicion(host, port, true);
  }

  @Override
  public void memberVerified(byte[] host, int port, boolean alive) {
    if (alive) {
      suspicion(host, port, false);
    }
  }

  private void suspicion(byte[] host, int port, boolean suspected) {
    long key = MemberKey.of(host, port);
    ChannelRecord record = channels.withPeer(key);
    PeerRecord peer = record == null ? null : record.knownPeer(key);
    // Multicast finds a death again that a failed send had found first: it is not in the view then.
    if (record != null && peer != null && peer.inView() && peer.setSuspected(suspected)) {
      record.event(
          Stripe.current(),
          suspected ? MembershipEvent.SUSPECTED : MembershipEvent.SUSPICION_CLEARED);
    }
  }
}
