package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Events;
import org.jspecify.annotations.Nullable;

/**
 * Turns what the hooks report into counts. Every method runs inside a call of Tomcat's: a few array
 * operations, no lock, no allocation but the first time that a thread or a peer is met (and for the
 * clock's probe, a few times a minute).
 *
 * <p>Counts on even where a hook is missing; what is published must be asked for whether its hooks
 * are in place.
 */
public final class Recorder extends Events {
  private final Channels channels = new Channels();
  private final SendRecording sends;
  private final ReceiveRecording receipts;
  private final SessionRecording sessions;
  private final TransferRecording transfers;
  private final MembershipRecording membership;
  private final QueueRecording queues = new QueueRecording(channels);
  private final DroppedAttributes droppedAttributes = new DroppedAttributes();
  private final ReceiverWait receiverWait = new ReceiverWait();
  private final WallClock clock;
  private final ClusterListener clusters;
  private volatile ProbeListener probes = (peer, payload, nanos) -> {};

  /** Hears of clusters, once each start. */
  public interface ClusterListener {
    void clusterStarting(Object cluster);
  }

  public Recorder(WallClock clock, ClusterListener clusters) {
    this.clock = clock;
    this.clusters = clusters;
    this.sends = new SendRecording(channels);
    this.membership = new MembershipRecording(channels);
    this.sessions = new SessionRecording(channels, clock);
    this.transfers = new TransferRecording(channels);
    this.receipts = new ReceiveRecording(channels, clock);
  }

  public void listenForProbes(ProbeListener listener) {
    probes = listener;
  }

  public void listenForShutdowns(QueueListener listener) {
    queues.listen(listener);
  }

  /** Takes over into the sessions what peers' receipts say. */
  public ReceiptListener receiptListener() {
    return new ReceiptRecording();
  }

  public Channels channels() {
    return channels;
  }

  public ReceiverWait receiverWait() {
    return receiverWait;
  }

  public DroppedAttributes droppedAttributes() {
    return droppedAttributes;
  }

  public boolean inFlightSaturated() {
    return sends.saturated();
  }

  /** Works out what can now be known of what came before. For scrapes. */
  public void settle() {
    transfers.settle();
    long now = System.nanoTime();
    channels.all().forEach(channel -> channel.decideFailovers(now));
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

  @Override
  public void clusterSending(
      Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {
    sessions.clusterSending(HookContext.current(), channel, sessionEvent, context, id);
  }

  @Override
  public void clusterSent(Object channel) {
    sessions.clusterSent(HookContext.current(), channel);
  }

  @Override
  public void channelSending(boolean map) {
    sends.channelSending(map);
  }

  @Override
  public void channelSent(boolean failed) {
    sends.channelSent(failed);
  }

  @Override
  public void messageIdentified(byte[] uniqueId) {
    sends.messageIdentified(uniqueId);
  }

  @Override
  public void transmitting(
      byte[] localHost, int localPort, byte[] uniqueId, long timestamp, int options, int bytes) {
    sends.transmitting(localHost, localPort, uniqueId, timestamp, options, bytes);
  }

  @Override
  public void transmittingTo(byte[] host, int port) {
    sends.transmittingTo(host, port);
  }

  @Override
  public void transmissionWritten(byte[] host, int port) {
    sends.written(host, port);
  }

  @Override
  public void transmissionCompleted(byte[] host, int port) {
    sends.completed(host, port);
  }

  @Override
  public void transmissionFailed(byte[] host, int port, Throwable cause) {
    sends.failed(host, port, cause);
  }

  @Override
  public void transmitted(Throwable failure) {
    sends.transmitted(failure);
  }

  @Override
  public void received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    receipts.received(channel, host, port, uniqueId, timestamp, bytes);
  }

  @Override
  public void probeReceived(Object channel, byte[] host, int port, byte[] payload) {
    ChannelRecord record = channels.of(channel);
    PeerRecord peer = record == null ? null : record.knownPeer(MemberKey.of(host, port));
    if (peer != null && peer.inView()) {
      probes.probeReceived(peer, payload, clock.nanos());
    }
  }

  @Override
  public void undeserializable() {
    receipts.undeserializable();
  }

  @Override
  public void mapReceived() {
    receipts.mapReceived();
  }

  @Override
  public void clusterReceived(int sessionEvent) {
    receipts.clusterReceived(sessionEvent);
  }

  @Override
  public void managerReached() {
    receipts.managerReached();
  }

  @Override
  public void managerReturned() {
    receipts.managerReturned();
  }

  @Override
  public void stateTransferStarting(
      Object channel, Object manager, String context, String jvmRoute) {
    transfers.starting(channel, manager, context, jvmRoute);
  }

  @Override
  public void stateTransferEnded(Object channel, String context) {
    transfers.ended(HookContext.current(), channel, context);
  }

  @Override
  public void stateMessageHandled(
      Object channel, String context, int sessionEvent, Throwable failure) {
    transfers.handled(
        HookContext.current(), channel, context, sessionEvent, receipts.sessionsMet(), failure);
  }

  @Override
  public void sessionsGiving(Object channel, String context, byte[] host, int port, int sessions) {
    transfers.givingStarts(HookContext.current(), channel, context, host, port, sessions);
  }

  @Override
  public void sessionGiving(Object channel, String context, byte[] host, int port, String id) {
    transfers.giving(channel, context, host, port, id);
  }

  @Override
  public void sessionsGiven() {
    transfers.givingEnds(HookContext.current());
  }

  @Override
  public void managerStopped(Object channel, String context) {
    transfers.managerStopped(channel, context);
  }

  @Override
  public void sessionCreated(Object channel, String context, String id) {
    sessions.created(channel, context, id);
  }

  @Override
  public void sessionRenaming(Object channel, String context, String from, String to) {
    sessions.renamed(HookContext.current(), channel, context, from, to);
  }

  @Override
  public void sessionTaken(Object channel, String context, String id) {
    sessions.taken(channel, context, id);
  }

  @Override
  public void sessionExpired(Object channel, String context, String id) {
    sessions.expired(channel, context, id);
  }

  @Override
  public boolean isForeign(Object channel, String context, String id) {
    return sessions.isForeign(channel, context, id);
  }

  @Override
  public void failedOver(Object channel, String context, String id, boolean found, boolean lapsed) {
    sessions.failedOver(HookContext.current(), channel, context, id, found, lapsed);
  }

  @Override
  public void requestEnding() {
    sessions.requestEnding(HookContext.current());
  }

  @Override
  public void requestCompleting(Object channel, String context) {
    sessions.requestCompleting(HookContext.current(), channel, context);
  }

  @Override
  public void deltaSerialized(int bytes, Throwable failure) {
    sessions.deltaSerialized(HookContext.current(), bytes, failure);
  }

  @Override
  public void requestEnded() {
    sessions.requestEnded(HookContext.current());
  }

  @Override
  public void requestUnsent(Object channel, String context, String id, boolean changed) {
    sessions.unsent(HookContext.current(), channel, context, id, changed);
  }

  @Override
  public void sessionMessageHandling(
      Object channel, String context, byte[] host, int port, int sessionEvent, String id) {
    receipts.sessionMessageHandling(channel, context, host, port, sessionEvent, id);
  }

  @Override
  public void sessionMessageDone() {
    receipts.sessionMessageDone();
  }

  @Override
  public void sessionMet() {
    receipts.sessionMet();
  }

  @Override
  public void sessionMessageHandled(Throwable failure) {
    receipts.sessionMessageHandled(failure);
  }

  @Override
  public void receiveEnded() {
    receipts.receiveEnded();
  }

  @Override
  public void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {
    membership.added(channel, host, port, uniqueId);
  }

  @Override
  public void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {
    membership.disappeared(channel, host, port, uniqueId, announced);
  }

  @Override
  public void memberSuspected(byte[] host, int port) {
    membership.suspicion(host, port, true);
  }

  @Override
  public void memberVerified(byte[] host, int port, boolean alive) {
    if (alive) {
      membership.suspicion(host, port, false);
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

  @Override
  public void queueing(Object dispatcher, byte[] localHost, int localPort) {
    queues.adding(dispatcher, localHost, localPort);
  }

  @Override
  public void queueRefused(Object dispatcher, boolean shutdown) {
    queues.refused(dispatcher, shutdown);
  }

  @Override
  public void queueTaken(Object dispatcher) {
    queues.taken(dispatcher);
  }

  @Override
  public void queueStopped(Object dispatcher) {
    queues.stopped(dispatcher);
  }

  @Override
  public void queueFull(byte[] localHost, int localPort, byte[] uniqueId) {
    queues.full(localHost, localPort);
    sends.discarded(uniqueId);
  }

  @Override
  public void attributeDropped(Object loader, String type) {
    droppedAttributes.dropped(loader, type);
  }
}
