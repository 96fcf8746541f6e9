package io.tribescope.agent.recording;

import org.jspecify.annotations.Nullable;

/** What a message met on its way out: what it is, where it went, what became of it there. */
final class SendRecording {
  /** Channel.SEND_OPTIONS_USE_ACK. */
  private static final int USE_ACK = 2;

  /** Channel.SEND_OPTIONS_ASYNCHRONOUS. */
  private static final int ASYNCHRONOUS = 8;

  private final Channels channels;
  private final MessagesInFlight inFlight = new MessagesInFlight();

  SendRecording(Channels channels) {
    this.channels = channels;
  }

  boolean saturated() {
    return inFlight.saturated();
  }

  void channelSending(boolean map) {
    HookContext context = HookContext.current();
    context.submitting = true;
    context.submittingMap = map;
  }

  void channelSent(boolean failed) {
    HookContext context = HookContext.current();
    context.submitting = false;
    context.refused |= failed;
  }

  void messageIdentified(byte[] uniqueId) {
    HookContext context = HookContext.current();
    if (context.submitting) {
      // Only the first id made during a submission is the message's.
      context.submitting = false;
      MessageType type =
          context.submittingMap
              ? MessageType.MAP
              : MessageType.ofSessionEvent(context.clusterEvent);
      context.identified = true;
      inFlight.put(
          MemberKey.ofUniqueId(uniqueId),
          type,
          context.submittingMap ? 0 : context.sessionChange,
          System.nanoTime());
    }
  }

  void transmitting(
      byte[] localHost, int localPort, byte[] uniqueId, long timestamp, int options, int bytes) {
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    HookContext context = HookContext.current();
    Transmission transmission = context.transmission;
    if (channel == null) {
      transmission.channel = null;
      return;
    }
    Submission submission = context.submission;
    long id = MemberKey.ofUniqueId(uniqueId);
    inFlight.spend(id, submission);
    long now = System.nanoTime();
    transmission.begin(channel, submission, id, timestamp, (options & USE_ACK) != 0, bytes, now);
    if (submission.first && (options & ASYNCHRONOUS) != 0) {
      channel.queue().waited(context.stripe, now - submission.nanos);
    }
  }

  /** It was thrown away before it left. */
  void discarded(byte[] uniqueId) {
    inFlight.spend(MemberKey.ofUniqueId(uniqueId), HookContext.current().submission);
  }

  void transmittingTo(byte[] host, int port) {
    Transmission transmission = HookContext.current().transmission;
    if (transmission.channel != null) {
      long key = MemberKey.of(host, port);
      transmission.add(key, transmission.channel.destination(key, host, port));
    }
  }

  void written(byte[] host, int port) {
    Transmission transmission = HookContext.current().transmission;
    if (transmission.channel != null) {
      transmission.written(MemberKey.of(host, port));
    }
  }

  void completed(byte[] host, int port) {
    HookContext context = HookContext.current();
    if (context.transmission.channel != null) {
      context.transmission.completed(context.stripe, MemberKey.of(host, port));
    }
  }

  void failed(byte[] host, int port, Throwable cause) {
    HookContext context = HookContext.current();
    if (context.transmission.channel != null) {
      context.transmission.failed(context.stripe, MemberKey.of(host, port), cause);
    }
  }

  void transmitted(@Nullable Throwable failure) {
    HookContext context = HookContext.current();
    Transmission transmission = context.transmission;
    ChannelRecord channel = transmission.channel;
    if (channel != null) {
      channel.sendTook(context.stripe, System.nanoTime() - transmission.startNanos);
      transmission.end(context.stripe, failure != null);
      context.transmitted = true;
      context.requestEnd.transmitted(transmission.handedOver());
    }
  }
}
