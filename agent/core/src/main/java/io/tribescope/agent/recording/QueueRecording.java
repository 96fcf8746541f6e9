package io.tribescope.agent.recording;

import io.tribescope.agent.bridge.QueueEvents;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.channels.QueueListener;
import io.tribescope.agent.recording.counters.Stripe;
import io.tribescope.agent.recording.members.MemberKey;
import io.tribescope.agent.recording.messages.MessagesInFlight;

/** What passes through the dispatch queues of the channels. */
final class QueueRecording implements QueueEvents {
  private final Channels channels;
  private final MessagesInFlight inFlight;
  private volatile QueueListener listener = messages -> {};

  QueueRecording(Channels channels, MessagesInFlight inFlight) {
    this.channels = channels;
    this.inFlight = inFlight;
  }

  void listen(QueueListener queueListener) {
    listener = queueListener;
  }

  @Override
  public void queueing(Object dispatcher, byte[] localHost, int localPort) {
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    if (channel != null) {
      if (!channel.queue().isOf(dispatcher)) {
        channel.queue().bind(dispatcher);
      }
      channel.queue().adding(Stripe.current());
    }
  }

  @Override
  public void queueRefused(Object dispatcher, boolean shutdown) {
    ChannelRecord channel = channels.ofDispatcher(dispatcher);
    if (channel != null) {
      channel.queue().refused(Stripe.current(), shutdown);
    }
  }

  @Override
  public void queueTaken(Object dispatcher) {
    ChannelRecord channel = channels.ofDispatcher(dispatcher);
    if (channel != null) {
      channel.queue().taken(Stripe.current());
    }
  }

  @Override
  public void queueFull(byte[] localHost, int localPort, byte[] uniqueId) {
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    if (channel != null) {
      channel.queue().full(Stripe.current());
    }
    inFlight.spend(
        MemberKey.ofUniqueId(uniqueId), System.nanoTime(), HookContext.current().submission);
  }

  @Override
  public void queueStopped(Object dispatcher) {
    ChannelRecord channel = channels.ofDispatcher(dispatcher);
    if (channel != null) {
      long discarded = channel.queue().stopped(Stripe.current());
      channel.sessions().sweep().queueLost(channel.known());
      if (discarded > 0) {
        listener.discardedAtShutdown(discarded);
      }
    }
  }
}
