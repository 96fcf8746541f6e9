package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.ApplyEvents;
import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.FailureEvents;
import io.tribescope.agent.bridge.LifecycleEvents;
import io.tribescope.agent.bridge.MembershipEvents;
import io.tribescope.agent.bridge.QueueEvents;
import io.tribescope.agent.bridge.ReceiveEvents;
import io.tribescope.agent.bridge.RequestEvents;
import io.tribescope.agent.bridge.SessionEvents;
import io.tribescope.agent.bridge.SubmitEvents;
import io.tribescope.agent.bridge.TransferEvents;
import io.tribescope.agent.bridge.TransmitEvents;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.channels.ClusterListener;
import io.tribescope.agent.recording.channels.ProbeListener;
import io.tribescope.agent.recording.channels.QueueListener;
import io.tribescope.agent.recording.channels.ReceiptListener;
import io.tribescope.agent.recording.messages.MessagesInFlight;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.recording.sessions.DroppedAttributes;
import io.tribescope.agent.recording.sessions.OwnRoute;

/**
 * Makes the recordings of Tomcat's clusters, one for each subject of events, and connects them.
 * Each of their events runs inside a call of Tomcat's: a few array operations, no lock, no
 * allocation but the first time that a thread or a peer is met, and for the clock's probe a few
 * times a minute.
 *
 * <p>Counts on even where a hook is missing; what is published must be asked for whether its hooks
 * are in place.
 */
public final class Recorder {
  private final Channels channels = new Channels();
  private final MessagesInFlight inFlight = new MessagesInFlight();
  private final DroppedAttributes droppedAttributes = new DroppedAttributes();
  private final ReceiverWait receiverWait = new ReceiverWait();
  private final LifecycleRecording lifecycle;
  private final SubmitRecording submitting;
  private final TransmitRecording transmitting;
  private final ReceiveRecording receiving;
  private final ApplyRecording applying;
  private final TransferRecording transfers;
  private final SessionRecording sessions;
  private final RequestRecording requests;
  private final MembershipRecording membership;
  private final QueueRecording queues;
  private final FailureRecording failing = new FailureRecording();

  public Recorder(WallClock clock, ClusterListener clusters) {
    LocalChanges changes = new LocalChanges(clock);
    OwnRoute ownRoute = new OwnRoute();
    lifecycle = new LifecycleRecording(channels, clusters);
    submitting = new SubmitRecording(channels, inFlight, changes);
    transmitting = new TransmitRecording(channels, inFlight);
    receiving = new ReceiveRecording(channels, clock);
    applying = new ApplyRecording(channels, clock);
    transfers = new TransferRecording(channels, ownRoute);
    sessions = new SessionRecording(channels, clock, changes, ownRoute);
    requests = new RequestRecording(channels, changes);
    membership = new MembershipRecording(channels);
    queues = new QueueRecording(channels, inFlight);
  }

  /** From now on what woven code reports comes to these recordings. */
  public void connect() {
    Bridge.connect(lifecycle);
    Bridge.connect(submitting);
    Bridge.connect(transmitting);
    Bridge.connect(receiving);
    Bridge.connect(applying);
    Bridge.connect(transfers);
    Bridge.connect(sessions);
    Bridge.connect(requests);
    Bridge.connect(membership);
    Bridge.connect(receiverWait);
    Bridge.connect(queues);
    Bridge.connect(droppedAttributes);
    Bridge.connect(failing);
  }

  public void listenForProbes(ProbeListener listener) {
    receiving.listenForProbes(listener);
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
    return inFlight.saturated();
  }

  /** Works out what can now be known of what came before. For scrapes. */
  public void settle() {
    transfers.countDropped();
    long now = System.nanoTime();
    channels.all().forEach(channel -> channel.decideFailovers(now));
  }

  LifecycleEvents lifecycle() {
    return lifecycle;
  }

  SubmitEvents submitting() {
    return submitting;
  }

  TransmitEvents transmitting() {
    return transmitting;
  }

  ReceiveEvents receiving() {
    return receiving;
  }

  ApplyEvents applying() {
    return applying;
  }

  TransferEvents transfers() {
    return transfers;
  }

  SessionEvents sessions() {
    return sessions;
  }

  RequestEvents requests() {
    return requests;
  }

  MembershipEvents membership() {
    return membership;
  }

  QueueEvents queues() {
    return queues;
  }

  FailureEvents failing() {
    return failing;
  }
}
