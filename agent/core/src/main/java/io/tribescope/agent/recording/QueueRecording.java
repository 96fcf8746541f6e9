package io.tribescope.agent.recording;

/** What passes through the dispatch queues of the channels. */
final class QueueRecording {
  private final Channels channels;
  private volatile QueueListener listener = messages -> {};

  QueueRecording(Channels channels) {
    this.channels = channels;
  }

  void listen(QueueListener queueListener) {
    listener = queueListener;
  }

  void adding(Object dispatcher, byte[] localHost, int localPort) {
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    if (channel != null) {
      if (!channel.queue().isOf(dispatcher)) {
        channel.queue().bind(dispatcher);
      }
      channel.queue().adding(Stripe.current());
    }
  }

  void refused(Object dispatcher, boolean shutdown) {
    ChannelRecord channel = channels.ofDispatcher(dispatcher);
    if (channel != null) {
      channel.queue().refused(Stripe.current(), shutdown);
    }
  }

  void taken(Object dispatcher) {
    ChannelRecord channel = channels.ofDispatcher(dispatcher);
    if (channel != null) {
      channel.queue().taken(Stripe.current());
    }
  }

  void full(byte[] localHost, int localPort) {
    ChannelRecord channel = channels.ofLocal(MemberKey.of(localHost, localPort));
    if (channel != null) {
      channel.queue().full(Stripe.current());
    }
  }

  void stopped(Object dispatcher) {
    ChannelRecord channel = channels.ofDispatcher(dispatcher);
    if (channel != null) {
      long discarded = channel.queue().stopped(Stripe.current());
      channel.sessions().queueLost(channel.known());
      if (discarded > 0) {
        listener.discardedAtShutdown(discarded);
      }
    }
  }
}
