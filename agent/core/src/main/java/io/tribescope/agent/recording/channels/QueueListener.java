package io.tribescope.agent.recording.channels;

/** Hears of what a stopped dispatch queue has thrown away; in the thread that stops the channel. */
public interface QueueListener {
  void discardedAtShutdown(long messages);
}
