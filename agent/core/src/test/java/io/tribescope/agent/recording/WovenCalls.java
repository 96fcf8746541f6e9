package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import org.jspecify.annotations.Nullable;

/**
 * Reports events to a recorder as woven code does: what a begin hands out it carries to the end,
 * each kind for itself, the innermost first. Its stacks are a thread's own, and allocate nothing.
 */
public final class WovenCalls {
  private final Recorder recorder;
  private final ThreadLocal<Carried> carried = ThreadLocal.withInitial(Carried::new);

  public WovenCalls(Recorder recorder) {
    this.recorder = recorder;
  }

  /** What one thread carries. */
  private static final class Carried {
    final Stack cluster = new Stack();
    final Stack channel = new Stack();
    final Stack transmission = new Stack();
    final Stack delivery = new Stack();
    final Stack message = new Stack();
    final Stack transfer = new Stack();
    final Stack giving = new Stack();
    final Stack request = new Stack();
    final Stack receiver = new Stack();
  }

  private static final class Stack {
    private final @Nullable Notes[] notes = new Notes[64];
    private int depth;

    void push(@Nullable Notes begun) {
      notes[depth++] = begun;
    }

    /** Null where nothing was begun, as after a begin that failed. */
    @Nullable Notes pop() {
      return depth == 0 ? null : notes[--depth];
    }

    @Nullable Notes top() {
      return depth == 0 ? null : notes[depth - 1];
    }
  }

  public void clusterStarting(Object cluster) {
    recorder.lifecycle().clusterStarting(cluster);
  }

  public void channelStarting(Object channel) {
    recorder.lifecycle().channelStarting(channel);
  }

  public void channelStarted(Object channel, byte[] host, int port) {
    recorder.lifecycle().channelStarted(channel, host, port);
  }

  public void channelStopped(Object channel) {
    recorder.lifecycle().channelStopped(channel);
  }

  public void clusterSending(
      Object channel, int sessionEvent, @Nullable String context, @Nullable String id) {
    carried
        .get()
        .cluster
        .push(recorder.submitting().clusterSending(channel, sessionEvent, context, id));
  }

  public void clusterSent() {
    recorder.submitting().clusterSent(carried.get().cluster.pop());
  }

  public void channelSending(boolean map) {
    carried.get().channel.push(recorder.submitting().channelSending(map));
  }

  public void channelSent(boolean failed) {
    recorder.submitting().channelSent(carried.get().channel.pop(), failed);
  }

  public void messageIdentified(byte[] uniqueId) {
    recorder.submitting().messageIdentified(uniqueId);
  }

  public void transmitting(
      byte[] localHost,
      int localPort,
      byte[] uniqueId,
      long timestamp,
      int options,
      int bytes,
      int destinations) {
    carried
        .get()
        .transmission
        .push(
            recorder
                .transmitting()
                .transmitting(
                    localHost, localPort, uniqueId, timestamp, options, bytes, destinations));
  }

  public void transmittingTo(byte[] host, int port) {
    recorder.transmitting().transmittingTo(carried.get().transmission.top(), host, port);
  }

  public void transmissionWritten(byte[] host, int port) {
    recorder.transmitting().transmissionWritten(host, port);
  }

  public void transmissionCompleted(byte[] host, int port) {
    recorder.transmitting().transmissionCompleted(host, port);
  }

  public void transmissionFailed(byte[] host, int port, @Nullable Throwable cause) {
    recorder.transmitting().transmissionFailed(carried.get().transmission.top(), host, port, cause);
  }

  public void transmitted(@Nullable Throwable failure) {
    recorder.transmitting().transmitted(carried.get().transmission.pop(), failure);
  }

  public void received(
      Object channel, byte[] host, int port, byte[] uniqueId, long timestamp, int bytes) {
    carried
        .get()
        .delivery
        .push(recorder.receiving().received(channel, host, port, uniqueId, timestamp, bytes));
  }

  public void probeReceived(Object channel, byte[] host, int port, byte[] payload) {
    recorder.receiving().probeReceived(channel, host, port, payload, payload.length);
  }

  public void undeserializable() {
    recorder.receiving().undeserializable();
  }

  public void mapReceived() {
    recorder.receiving().mapReceived();
  }

  public void clusterReceived(int sessionEvent) {
    recorder.receiving().clusterReceived(sessionEvent);
  }

  public void receiveEnded() {
    recorder.receiving().receiveEnded(carried.get().delivery.pop());
  }

  public void managerReached() {
    recorder.applying().managerReached();
  }

  public void managerReturned() {
    recorder.applying().managerReturned();
  }

  public void sessionMessageHandling(
      Object channel, String context, byte[] host, int port, int sessionEvent, String id) {
    carried
        .get()
        .message
        .push(
            recorder
                .applying()
                .sessionMessageHandling(channel, context, host, port, sessionEvent, id));
  }

  public void sessionMessageDone() {
    recorder.applying().sessionMessageDone(carried.get().message.pop());
  }

  public void sessionMet() {
    recorder.applying().sessionMet();
  }

  public void sessionMessageHandled(@Nullable Throwable failure) {
    recorder.applying().sessionMessageHandled(failure);
  }

  public void stateTransferStarting(
      Object channel, Object manager, String context, @Nullable String jvmRoute) {
    carried
        .get()
        .transfer
        .push(recorder.transfers().stateTransferStarting(channel, manager, context, jvmRoute));
  }

  public void stateTransferEnded() {
    recorder.transfers().stateTransferEnded(carried.get().transfer.pop());
  }

  public void stateMessageHandled(
      Object channel, String context, int sessionEvent, @Nullable Throwable failure) {
    recorder.transfers().stateMessageHandled(channel, context, sessionEvent, failure);
  }

  public void sessionsGiving(Object channel, String context, byte[] host, int port, int sessions) {
    carried
        .get()
        .giving
        .push(recorder.transfers().sessionsGiving(channel, context, host, port, sessions));
  }

  public void sessionGiving(Object channel, String context, byte[] host, int port, String id) {
    recorder.transfers().sessionGiving(channel, context, host, port, id);
  }

  public void sessionsGiven() {
    recorder.transfers().sessionsGiven(carried.get().giving.pop());
  }

  public void managerStopped(Object channel, String context) {
    recorder.transfers().managerStopped(channel, context);
  }

  public void sessionCreated(Object channel, String context, String id) {
    recorder.sessions().sessionCreated(channel, context, id);
  }

  public void sessionRenaming(Object channel, String context, String from, String to) {
    recorder.sessions().sessionRenaming(channel, context, from, to);
  }

  public void sessionTaken(Object channel, String context, String id) {
    recorder.sessions().sessionTaken(channel, context, id);
  }

  public void sessionExpired(Object channel, String context, String id) {
    recorder.sessions().sessionExpired(channel, context, id);
  }

  public boolean isForeign(Object channel, String context, String id) {
    return recorder.sessions().mayBeForeign(id)
        && recorder.sessions().isForeign(channel, context, id);
  }

  public void failedOver(Object channel, String context, String id, boolean found, boolean lapsed) {
    recorder.sessions().failedOver(channel, context, id, found, lapsed);
  }

  public void requestEnding() {
    carried.get().request.push(recorder.requests().requestEnding());
  }

  public void requestCompleting(Object channel, String context) {
    recorder.requests().requestCompleting(channel, context);
  }

  public void deltaSerialized(int bytes, @Nullable Throwable failure) {
    recorder.requests().deltaSerialized(bytes, failure);
  }

  public void requestEnded() {
    recorder.requests().requestEnded(carried.get().request.pop());
  }

  public void requestUnsent(Object channel, String context, String id, boolean changed) {
    recorder.requests().requestUnsent(channel, context, id, changed);
  }

  public void memberAdded(Object channel, byte[] host, int port, byte[] uniqueId) {
    recorder.membership().memberAdded(channel, host, port, uniqueId);
  }

  public void memberDisappeared(
      Object channel, byte[] host, int port, byte[] uniqueId, boolean announced) {
    recorder.membership().memberDisappeared(channel, host, port, uniqueId, announced);
  }

  public void memberSuspected(byte[] host, int port) {
    recorder.membership().memberSuspected(host, port);
  }

  public void memberVerified(byte[] host, int port, boolean alive) {
    recorder.membership().memberVerified(host, port, alive);
  }

  public void receiverWaiting() {
    carried.get().receiver.push(recorder.receiverWait().receiverWaiting());
  }

  public void receiverServed() {
    recorder.receiverWait().receiverServed(carried.get().receiver.pop());
  }

  public void queueing(Object dispatcher, byte[] localHost, int localPort) {
    recorder.queues().queueing(dispatcher, localHost, localPort);
  }

  public void queueRefused(Object dispatcher, boolean shutdown) {
    recorder.queues().queueRefused(dispatcher, shutdown);
  }

  public void queueTaken(Object dispatcher) {
    recorder.queues().queueTaken(dispatcher);
  }

  public void queueStopped(Object dispatcher) {
    recorder.queues().queueStopped(dispatcher);
  }

  public void queueFull(byte[] localHost, int localPort, byte[] uniqueId) {
    recorder.queues().queueFull(localHost, localPort, uniqueId);
  }

  public void attributeDropped(Object loader, String type) {
    recorder.droppedAttributes().attributeDropped(loader, type);
  }
}
