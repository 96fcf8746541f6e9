package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.bridge.TransmitEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.messages.MessagesInFlight;
import io.tribescope.agent.recording.messages.Submission;
import org.jspecify.annotations.Nullable;

/** Where a message went, and what became of it there. */
final class TransmitRecording implements TransmitEvents {
  /** Channel.SEND_OPTIONS_USE_ACK. */
  private static final int USE_ACK = 2;

  /** Channel.SEND_OPTIONS_ASYNCHRONOUS. */
  private static final int ASYNCHRONOUS = 8;

  private final Channels channels;
  private final MessagesInFlight inFlight;

  TransmitRecording(Channels channels, MessagesInFlight inFlight) {
    this.channels = channels;
    this.inFlight = inFlight;
  }

  @Override
  public Notes transmitting(
      byte[] localHost,
      int localPort,
      byte[] uniqueId,
      long timestamp,
      int options,
      int bytes,
      int destinations) {
    HookContext hook = HookContext.current();
    Transmission transmission = hook.transmission;
    transmission.channel = null;
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    if (channel == null) {
      return hook;
    }
    Submission submission = hook.submission;
    long id = MemberKey.ofUniqueId(uniqueId);
    long now = System.nanoTime();
    inFlight.spend(id, now, submission);
    if (submission.first && (options & ASYNCHRONOUS) != 0) {
      channel.queue().waited(hook.stripe, now - submission.nanos);
    }
    transmission.begin(
        channel, submission, id, timestamp, (options & USE_ACK) != 0, bytes, now, destinations);
    return hook;
  }

  @Override
  public void transmittingTo(@Nullable Notes begun, byte[] host, int port) {
    Transmission transmission = HookContext.of(begun).transmission;
    ChannelRecord channel = transmission.channel;
    if (begun != null && channel != null) {
      long key = MemberKey.of(host, port);
      transmission.add(key, channel.destination(key, host, port));
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
    HookContext hook = HookContext.current();
    if (hook.transmission.channel != null) {
      hook.transmission.completed(hook.stripe, MemberKey.of(host, port));
    }
  }

  @Override
  public void transmissionFailed(
      @Nullable Notes begun, byte[] host, int port, @Nullable Throwable cause) {
    HookContext hook = HookContext.of(begun);
    if (begun != null && hook.transmission.channel != null) {
      hook.transmission.failed(hook.stripe, MemberKey.of(host, port), cause);
    }
  }

  @Override
  public void transmitted(@Nullable Notes begun, @Nullable Throwable failure) {
    HookContext hook = HookContext.of(begun);
    Transmission transmission = hook.transmission;
    ChannelRecord channel = transmission.channel;
    if (begun == null || channel != null) {
      // Also where the begin failed: it went to the network, and is not refused.
      hook.clusterSends.transmitted = true;
    }
    try {
      if (begun == null) {
        transmission.abandon();
      } else if (channel != null) {
        channel.sendTook(hook.stripe, System.nanoTime() - transmission.startNanos);
        transmission.end(hook.stripe, failure != null);
        hook.requestEnd.transmitted(transmission.handedOver());
      }
    } finally {
      transmission.clear();
    }
  }
}
