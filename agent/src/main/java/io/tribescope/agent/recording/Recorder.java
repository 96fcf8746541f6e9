package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Events;
import io.tribescope.agent.recording.Deliveries.Delivery;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the hooks report into counts. Every method runs inside a call of Tomcat's: a few array
 * operations, no lock, no allocation but the first time that a thread or a peer is met (and for the
 * clock's probe, a few times a minute).
 */
public final class Recorder extends Events {
  /** Channel.SEND_OPTIONS_USE_ACK. */
  private static final int USE_ACK = 2;

  private final Channels channels = new Channels();
  private final MessagesInFlight inFlight = new MessagesInFlight();
  private final AtomicInteger stateTransfers = new AtomicInteger();
  private final ReceiverWait receiverWait = new ReceiverWait();
  private final WallClock clock;
  private final ClusterListener clusters;
  private final BooleanSupplier applyObserved;
  private volatile ProbeListener probes = (peer, payload, nanos) -> {};

  /** Hears of clusters, once each start. */
  public interface ClusterListener {
    void clusterStarting(Object cluster);
  }

  /**
   * @param applyObserved whether the hooks on managers and sessions are in place; without them a
   *     message that met none cannot be told from one that was applied
   */
  public Recorder(WallClock clock, ClusterListener clusters, BooleanSupplier applyObserved) {
    this.clock = clock;
    this.clusters = clusters;
    this.applyObserved = applyObserved;
  }

  public void listenForProbes(ProbeListener listener) {
    probes = listener;
  }

  public Channels channels() {
    return channels;
  }

  public ReceiverWait receiverWait() {
    return receiverWait;
  }

  public boolean inFlightSaturated() {
    return inFlight.saturated();
  }

  @Override
  public void clusterStarting(Object cluster) {
    clusters.clusterStarting(cluster);
  }

  @Override
  public void channelStarting(Object channel) {
    channels.of(channel);
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

  @Override
  public void clusterSending(int sessionEvent) {
    HookContext.current().clusterEvent = sessionEvent;
  }

  @Override
  public void clusterSent() {
    HookContext.current().clusterEvent = -1;
  }

  @Override
  public void channelSending(boolean map) {
    HookContext context = HookContext.current();
    context.submitting = true;
    context.submittingMap = map;
  }

  @Override
  public void channelSent() {
    HookContext.current().submitting = false;
  }

  @Override
  public void messageIdentified(byte[] uniqueId) {
    HookContext context = HookContext.current();
    if (context.submitting) {
      // Only the first id made during a submission is the message's.
      context.submitting = false;
      MessageType type =
          context.submittingMap
              ? MessageType.MAP
              : MessageType.ofSessionEvent(context.clusterEvent);
      inFlight.put(MemberKey.ofUniqueId(uniqueId), type);
    }
  }

  @Override
  public void transmitting(
      byte[] localHost, int localPort, byte[] uniqueId, int options, int bytes) {
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    Transmission transmission = HookContext.current().transmission;
    if (channel == null) {
      transmission.channel = null;
      return;
    }
    MessageType type = inFlight.spend(MemberKey.ofUniqueId(uniqueId));
    transmission.begin(channel, type, (options & USE_ACK) != 0, bytes, System.nanoTime());
  }

  @Override
  public void transmittingTo(byte[] host, int port) {
    Transmission transmission = HookContext.current().transmission;
    if (transmission.channel != null) {
      transmission.add(transmission.channel.peer(host, port));
    }
  }

  @Override
  public void transmissionWritten(byte[] host, int port) {
    Transmission transmission = HookContext.current().transmission;
    if (transmission.channel != null) {
      transmission.written(MemberKey.of(host, port));
    }
  }

  @Override
  public void transmissionCompleted(byte[] host, int port) {
    HookContext context = HookContext.current();
    if (context.transmission.channel != null) {
      context.transmission.completed(context.stripe, MemberKey.of(host, port));
    }
  }

  @Override
  public void transmissionFailed(byte[] host, int port, Throwable cause) {
    HookContext context = HookContext.current();
    if (context.transmission.channel != null) {
      context.transmission.failed(context.stripe, MemberKey.of(host, port), cause);
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the advice passes null when nothing was thrown
  public void transmitted(Throwable failure) {
    HookContext context = HookContext.current();
    Transmission transmission = context.transmission;
    ChannelRecord channel = transmission.channel;
    if (channel != null) {
      channel.sendTook(context.stripe, System.nanoTime() - transmission.startNanos);
      transmission.end(context.stripe, failure != null);
    }
  }

  @Override
  public void received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    Delivery delivery = HookContext.current().deliveries.push();
    ChannelRecord record = channels.of(channel);
    if (delivery == null || record == null) {
      return;
    }
    PeerRecord peer = record.knownPeer(MemberKey.of(host, port));
    delivery.channel = record;
    delivery.peer = peer == null ? record.peerTable().other() : peer;
    delivery.timestampMillis = timestamp;
    delivery.bytes = bytes;
    delivery.duplicate = !record.recentIds().isNew(MemberKey.ofUniqueId(uniqueId));
    delivery.startNanos = System.nanoTime();
  }

  @Override
  public void probeReceived(Object channel, byte[] host, int port, byte[] payload) {
    ChannelRecord record = channels.of(channel);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (record != null && peer != null && peer.inView()) {
      probes.probeReceived(peer, payload, clock.nanos());
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
    if (delivery != null) {
      if (sessionEvent >= 0) {
        delivery.type = MessageType.ofSessionEvent(sessionEvent);
      }
    }
  }

  @Override
  public void managerReached() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.managerReached = true;
    }
  }

  @Override
  public void managerReturned() {
    HookContext context = HookContext.current();
    Delivery delivery = context.deliveries.current();
    if (delivery != null
        && delivery.peer != null
        && delivery.type.isForOneSession()
        && !delivery.handled
        && !delivery.duplicate
        && applyObserved.getAsBoolean()) {
      delivery.peer.putAside(context.stripe);
    }
  }

  @Override
  public void stateTransferStarting() {
    stateTransfers.incrementAndGet();
  }

  @Override
  public void stateTransferEnded() {
    stateTransfers.decrementAndGet();
  }

  /** Works out what was dropped after state transfers, when none is under way. For scrapes. */
  public void settle() {
    if (stateTransfers.get() == 0) {
      channels.all().forEach(ChannelRecord::settle);
    }
  }

  @Override
  public void sessionMessageHandling(byte[] host, int port, int sessionEvent) {
    HookContext context = HookContext.current();
    MessageType type = MessageType.ofSessionEvent(sessionEvent);
    if (context.deliveries.current() != null || !type.isForOneSession()) {
      return;
    }
    long key = MemberKey.of(host, port);
    ChannelRecord channel = channels.withPeer(key);
    PeerRecord peer = channel == null ? null : channel.knownPeer(key);
    Delivery replay = peer == null ? null : context.deliveries.push();
    if (replay != null && peer != null) {
      peer.replayed(context.stripe);
      replay.channel = channel;
      replay.peer = peer;
      replay.type = type;
      replay.replay = true;
      replay.duplicate = false;
      replay.startNanos = System.nanoTime();
    }
  }

  @Override
  public void sessionMessageDone() {
    Deliveries deliveries = HookContext.current().deliveries;
    Delivery delivery = deliveries.current();
    if (delivery != null && delivery.replay) {
      deliveries.pop();
    }
  }

  @Override
  public void sessionMet() {
    Delivery delivery = HookContext.current().deliveries.current();
    if (delivery != null) {
      delivery.sessionMet = true;
    }
  }

  @Override
  @SuppressWarnings("NullAway") // the advice passes null when nothing was thrown
  public void sessionMessageHandled(Throwable failure) {
    HookContext context = HookContext.current();
    Delivery delivery = context.deliveries.current();
    if (delivery == null || delivery.channel == null || delivery.peer == null) {
      return;
    }
    delivery.handled = true;
    if (delivery.duplicate) {
      return;
    }
    if (failure != null) {
      delivery.peer.discarded(context.stripe, Discard.APPLY_ERROR);
    } else if (delivery.sessionMet || !applyObserved.getAsBoolean()) {
      applied(context.stripe, delivery, delivery.channel, delivery.peer);
    } else if (delivery.type == MessageType.DELTA || delivery.type == MessageType.ID_CHANGED) {
      delivery.peer.discarded(context.stripe, Discard.NO_SESSION);
    }
    // An expiry or an access of a session that is not here is neither applied nor a loss.
  }

  private void applied(int stripe, Delivery delivery, ChannelRecord channel, PeerRecord peer) {
    long now = System.nanoTime();
    channel.applyTook(stripe, now - delivery.startNanos);
    if (!peer.inView()) {
      channel.stranger(stripe);
    }
    if (delivery.type.isChange()) {
      long wall = clock.at(now);
      peer.applied(wall / 1_000_000L);
      ClockOffset.Estimate offset = peer.clock().estimate(now);
      long lag =
          offset == null ? 0 : wall - delivery.timestampMillis * 1_000_000L + offset.offsetNanos;
      // Below zero by more than the error: one of the clocks was set since it was last compared.
      if (offset == null || delivery.replay || lag < -offset.boundNanos(now) || clock.stepped()) {
        peer.lagUnknown(stripe);
      } else {
        peer.lag(stripe, lag);
      }
    }
  }

  @Override
  public void receiveEnded() {
    HookContext context = HookContext.current();
    Delivery delivery = context.deliveries.current();
    if (delivery != null && delivery.channel != null && delivery.peer != null) {
      count(context.stripe, delivery, delivery.peer);
    }
    context.deliveries.pop();
  }

  private void count(int stripe, Delivery delivery, PeerRecord peer) {
    if (delivery.duplicate) {
      peer.duplicate(stripe);
      return;
    }
    peer.received(stripe, delivery.type, delivery.bytes);
    if (delivery.undeserializable) {
      peer.discarded(stripe, Discard.UNDESERIALIZABLE);
    } else if (delivery.type.isForSessions()
        && !delivery.managerReached
        && applyObserved.getAsBoolean()) {
      peer.discarded(stripe, Discard.NO_CONTEXT);
    }
  }

  @Override
  public void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {
    ChannelRecord record = channels.of(channel);
    if (record != null) {
      boolean sameLife = record.peer(host, port).appeared(MemberKey.ofUniqueId(uniqueId));
      record.event(
          HookContext.current().stripe,
          sameLife ? MembershipEvent.REJOINED : MembershipEvent.JOINED);
    }
  }

  @Override
  public void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {
    ChannelRecord record = channels.of(channel);
    if (record != null) {
      long id = MemberKey.ofUniqueId(uniqueId);
      record.peer(host, port).disappeared(id, announced, System.nanoTime());
      record.event(
          HookContext.current().stripe, announced ? MembershipEvent.LEFT : MembershipEvent.FAILED);
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
    @Nullable PeerRecord peer = record == null ? null : record.knownPeer(key);
    // Multicast finds a death again that a failed send had found first: it is not in the view then.
    if (record != null && peer != null && peer.inView() && peer.setSuspected(suspected)) {
      record.event(
          HookContext.current().stripe,
          suspected ? MembershipEvent.SUSPECTED : MembershipEvent.SUSPICION_CLEARED);
    }
  }

  @Override
  public void receiverWaiting() {
    receiverWait.begin(HookContext.current());
  }

  @Override
  public void receiverServed() {
    receiverWait.end(HookContext.current());
  }
}
