package io.tribescope.agent.recording;

import java.nio.ByteBuffer;

/**
 * A recorder with one channel and its peers, and the calls that the hooks make for a message. The
 * channel is an object without meaning: to the recorder it is an identity.
 */
final class RecordedCluster {
  static final byte[] LOCAL = {10, 0, 0, 1};
  static final byte[] B = {10, 0, 0, 2};
  static final byte[] C = {10, 0, 0, 3};
  static final byte[] D = {10, 0, 0, 4};
  static final int PORT = 4000;

  static final int DELTA = 13;
  static final int CREATED = 1;
  static final int EXPIRED = 2;
  static final int ACCESSED = 3;
  static final int ALL_SESSION_DATA = 12;

  final Object channel = new Object();
  final WallClock clock = new WallClock();
  final Recorder recorder = new Recorder(clock, cluster -> {});
  private long ids;

  /** Of the messages that are sent. */
  long timestampMillis = System.currentTimeMillis();

  RecordedCluster() {
    recorder.channelStarting(channel);
    for (byte[] host : new byte[][] {B, C, D}) {
      recorder.memberAdded(channel, host, PORT, host);
    }
  }

  ChannelRecord record() {
    return recorder.channels().all().get(0);
  }

  PeerRecord peer(byte[] host) {
    return record().member(host, PORT);
  }

  PeerRecord other() {
    return record().other();
  }

  byte[] newId() {
    return ByteBuffer.allocate(16).putLong(++ids).putLong(7).array();
  }

  /** The application sends a session message; returns its id. */
  byte[] submit(int sessionEvent) {
    byte[] id = newId();
    recorder.clusterSending(sessionEvent);
    recorder.channelSending(false);
    recorder.messageIdentified(id);
    recorder.channelSent();
    recorder.clusterSent();
    return id;
  }

  void transmitting(byte[] id, int options, int bytes, byte[]... destinations) {
    recorder.transmitting(LOCAL, PORT, id, timestampMillis, options, bytes);
    for (byte[] destination : destinations) {
      recorder.transmittingTo(destination, PORT);
    }
  }

  /** Sent, and completed for all. */
  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  void transmit(byte[] id, int options, int bytes, byte[]... destinations) {
    transmitting(id, options, bytes, destinations);
    for (byte[] destination : destinations) {
      recorder.transmissionCompleted(destination, PORT);
    }
    recorder.transmitted(null);
  }

  void received(byte[] from, byte[] id, long timestampMillis, int bytes) {
    recorder.received(channel, from, PORT, id, timestampMillis, bytes);
  }

  @SuppressWarnings("NullAway")
  void handled() {
    recorder.sessionMessageHandled(null);
  }

  /** A session message comes and is applied. */
  void deliver(byte[] from, byte[] id, int sessionEvent, long timestampMillis) {
    received(from, id, timestampMillis, 100);
    recorder.clusterReceived(sessionEvent);
    recorder.managerReached();
    recorder.sessionMet();
    handled();
    recorder.receiveEnded();
  }

  static long count(Durations durations) {
    long sum = 0;
    for (long count : durations.counts()) {
      sum += count;
    }
    return sum;
  }
}
