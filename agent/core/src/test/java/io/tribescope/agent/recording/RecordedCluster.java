package io.tribescope.agent.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.WallClock;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import java.io.IOException;
import java.net.ConnectException;
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

  static final String CONTEXT = "localhost#/app";
  static final String SESSION = "0123456789ABCDEF0123456789ABCDEF.node1";

  static final int DELTA = 13;
  static final int CREATED = 1;
  static final int EXPIRED = 2;
  static final int ACCESSED = 3;
  static final int GET_ALL_SESSIONS = 4;
  static final int ALL_SESSION_DATA = 12;
  static final int TRANSFER_COMPLETE = 14;
  static final int ID_CHANGED = 15;
  static final int NO_CONTEXT_MANAGER = 16;

  static final int ASYNCHRONOUS = 8;
  static final int ACKNOWLEDGED = 6;

  final Object channel = new Object();
  final Object manager = new Object();
  final WallClock clock = new WallClock();
  final Recorder recorder = new Recorder(clock, cluster -> {});
  final WovenCalls woven = new WovenCalls(recorder);
  private long ids;

  /** Of the messages that are sent. */
  long timestampMillis = System.currentTimeMillis();

  RecordedCluster() {
    woven.channelStarting(channel);
    for (byte[] host : new byte[][] {B, C, D}) {
      woven.memberAdded(channel, host, PORT, host);
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

  /** The context's manager starts, on a node of the route node1. */
  ContextRecord startContext() {
    woven.stateTransferStarting(channel, manager, CONTEXT, "node1");
    woven.stateTransferEnded();
    return record().contextRecords().get(0);
  }

  /** The application sends a session message; returns its id. */
  byte[] submit(int sessionEvent) {
    return submit(sessionEvent, SESSION);
  }

  byte[] submit(int sessionEvent, String session) {
    byte[] id = newId();
    woven.clusterSending(channel, sessionEvent, CONTEXT, session);
    woven.channelSending(false);
    woven.messageIdentified(id);
    woven.channelSent(false);
    woven.clusterSent();
    return id;
  }

  void transmitting(byte[] id, int options, int bytes, byte[]... destinations) {
    woven.transmitting(LOCAL, PORT, id, timestampMillis, options, bytes, destinations.length);
    for (byte[] destination : destinations) {
      woven.transmittingTo(destination, PORT);
    }
  }

  /** Sent, and completed for all. */
  @SuppressWarnings("NullAway") // as the advice does: null for "nothing was thrown"
  void transmit(byte[] id, int options, int bytes, byte[]... destinations) {
    transmitting(id, options, bytes, destinations);
    for (byte[] destination : destinations) {
      woven.transmissionCompleted(destination, PORT);
    }
    woven.transmitted(null);
  }

  /** The session is changed, and that reaches these. */
  void change(String session, int options, byte[]... destinations) {
    transmit(submit(DELTA, session), options, 500, destinations);
  }

  /** The message cannot be sent to the first, and Tribes gives up on all. */
  void transmitInVain(byte[] id, byte[]... destinations) {
    transmitting(id, ACKNOWLEDGED, 500, destinations);
    woven.transmissionFailed(destinations[0], PORT, new ConnectException());
    woven.transmitted(new IOException());
  }

  /** The peer's clock is compared, and is what it was: what came before has its lag. */
  void clockHolds(byte[] host) {
    peer(host).lags().clockAsked(0);
    peer(host).lags().clockCompared(true, 1_000_000_000);
  }

  /** Dropped from the view without a word. */
  void drop(byte[] host) {
    woven.memberDisappeared(channel, host, PORT, host, false);
  }

  void leave(byte[] host) {
    woven.memberDisappeared(channel, host, PORT, host, true);
  }

  /** In the view again, the same process. */
  void comeBack(byte[] host) {
    woven.memberAdded(channel, host, PORT, host);
  }

  /** In the view as another process. */
  void startAnew(byte[] host) {
    woven.memberAdded(channel, host, PORT, newId());
  }

  /** A state transfer to that member is submitted; returns its message's id. */
  byte[] give(byte[] member, String... sessions) {
    woven.sessionsGiving(channel, CONTEXT, member, PORT, sessions.length);
    for (String session : sessions) {
      woven.sessionGiving(channel, CONTEXT, member, PORT, session);
    }
    byte[] id = submit(ALL_SESSION_DATA);
    woven.sessionsGiven();
    return id;
  }

  void received(byte[] from, byte[] id, long timestampMillis, int bytes) {
    woven.received(channel, from, PORT, id, timestampMillis, bytes);
  }

  @SuppressWarnings("NullAway")
  void handled() {
    woven.sessionMessageHandled(null);
  }

  /** A message of that session comes and is applied. */
  void deliver(byte[] from, int sessionEvent, String session, long timestampMillis) {
    received(from, newId(), timestampMillis, 100);
    woven.clusterReceived(sessionEvent);
    woven.managerReached();
    woven.sessionMessageHandling(channel, CONTEXT, from, PORT, sessionEvent, session);
    woven.sessionMet();
    handled();
    woven.sessionMessageDone();
    woven.managerReturned();
    woven.receiveEnded();
  }

  /** A session message comes and is applied. */
  void deliver(byte[] from, byte[] id, int sessionEvent, long timestampMillis) {
    received(from, id, timestampMillis, 100);
    woven.clusterReceived(sessionEvent);
    woven.managerReached();
    woven.sessionMet();
    handled();
    woven.receiveEnded();
  }

  static long count(Durations durations) {
    long sum = 0;
    for (long count : durations.counts()) {
      sum += count;
    }
    return sum;
  }

  /** What would be lost with this node: for certain, and at most. */
  void assertAtRisk(ContextRecord context, long unreplicated, long unconfirmed) {
    SessionsAtRisk risk = record().sessionsAtRisk();
    assertThat(risk.unreplicated(context)).as("unreplicated").isEqualTo(unreplicated);
    assertThat(risk.unconfirmed(context)).as("unconfirmed").isEqualTo(unconfirmed);
  }
}
