package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.ReceiveEvents;
import io.tribescope.agent.recording.Deliveries.Delivery;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.channels.ProbeListener;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.Discard;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.receipts.WallClock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whose a message is that arrives, and what it is. */
final class ReceiveRecording implements ReceiveEvents {
  private final Channels channels;
  private final WallClock clock;
  private volatile ProbeListener probes = (peer, payload, nanos) -> {};

  ReceiveRecording(Channels channels, WallClock clock) {
    this.channels = channels;
    this.clock = clock;
  }

  void listenForProbes(ProbeListener listener) {
    probes = listener;
  }

  @Override
  public Notes received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    Deliveries deliveries = HookContext.current().deliveries;
    Delivery delivery = deliveries.next();
    ChannelRecord record = channels.of(channel);
    if (record != null && delivery.isRecorded()) {
      PeerRecord peer = record.knownPeer(MemberKey.of(host, port));
      delivery.channel = record;
      delivery.peer = peer == null ? record.other() : peer;
      delivery.timestampMillis = timestamp;
      delivery.bytes = bytes;
      long id = MemberKey.ofUniqueId(uniqueId);
      delivery.duplicate = !record.recentIds().remember(id);
      if (peer != null && !delivery.duplicate) {
        peer.receivedTally().add(timestamp, id);
      }
      delivery.startNanos = System.nanoTime();
    }
    deliveries.begin();
    return delivery;
  }

  @Override
  public void probeReceived(Object channel, byte[] host, int port, byte[] buffer, int length) {
    ChannelRecord record = channels.of(channel);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (peer != null && peer.inView()) {
      probes.probeReceived(peer, Arrays.copyOf(buffer, length), clock.nanos());
    }
  }

  @Override
  public void undeserializable() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.undeserializable = true;
    }
  }

  @Override
  public void mapReceived() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.type = MessageType.MAP;
    }
  }

  @Override
  public void clusterReceived(int sessionEvent) {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null && sessionEvent >= 0) {
      delivery.type = MessageType.ofSessionEvent(sessionEvent);
    }
  }

  @Override
  public void receiveEnded(@Nullable Notes begun) {
    if (begun == null) {
      return;
    }
    Delivery delivery = (Delivery) begun;
    delivery.context.deliveries.end(delivery);
    if (delivery.channel != null && delivery.peer != null) {
      count(delivery.context.stripe, delivery, delivery.peer);
    }
    delivery.clear();
  }

  private static void count(int stripe, Delivery delivery, PeerRecord peer) {
    if (delivery.duplicate) {
      peer.duplicate(stripe);
      return;
    }
    peer.received(stripe, delivery.type, delivery.bytes);
    if (delivery.undeserializable) {
      peer.discarded(stripe, Discard.UNDESERIALIZABLE);
    } else if (delivery.type.isForSessions() && !delivery.managerReached) {
      peer.discarded(stripe, Discard.NO_CONTEXT);
    }
  }
}
