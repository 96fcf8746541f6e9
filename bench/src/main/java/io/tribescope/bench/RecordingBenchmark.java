package io.tribescope.bench;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.Guarded;
import io.tribescope.agent.bridge.Notes;
import io.tribescope.agent.recording.Recorder;
import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.WallClock;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What each family of hooks costs the thread that it observes: every call that the advice makes for
 * one message, through the bridge, into a recorder as the agent has it. Beside them, in the same
 * run, what an empty method and one reading of the clock cost.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class RecordingBenchmark {
  private static final byte[] LOCAL = {10, 0, 0, 1};
  private static final byte[] B = {10, 0, 0, 2};
  private static final byte[] C = {10, 0, 0, 3};
  private static final byte[] D = {10, 0, 0, 4};
  private static final int PORT = 4000;
  private static final int DELTA = 13;
  private static final int ASYNCHRONOUS = 8;
  private static final String CONTEXT = "localhost#/app";
  private static final String[] SESSIONS = new String[10_000];

  static {
    for (int i = 0; i < SESSIONS.length; i++) {
      SESSIONS[i] = UUID.randomUUID().toString().replace("-", "") + ".node1";
    }
  }

  private final Object channel = new Object();
  private final WallClock clock = new WallClock();
  private final Recorder recorder = new Recorder(clock, cluster -> {});
  private final PeerRecord b;
  private final ChannelRecord record;
  private final long timestamp = System.currentTimeMillis();

  public RecordingBenchmark() {
    recorder.connect();
    Bridge.lifecycle().channelStarting(channel);
    record = recorder.channels().all().get(0);
    b = record.member(B, PORT);
    for (byte[] host : new byte[][] {B, C, D}) {
      Bridge.membership().memberAdded(channel, host, PORT, new byte[16]);
    }
    Notes begun = Bridge.transfers().stateTransferStarting(channel, this, CONTEXT, "node1");
    Bridge.transfers().stateTransferEnded(begun);
  }

  /** Each thread sends messages of its own. */
  @State(Scope.Thread)
  public static class Message {
    final byte[] id = new byte[16];
    private int session = ThreadLocalRandom.current().nextInt(SESSIONS.length);

    public Message() {
      ThreadLocalRandom.current().nextBytes(id);
    }

    /** One of ten thousand in turn: more than a processor's caches hold of the table. */
    String session() {
      session = (session + 1) % SESSIONS.length;
      return SESSIONS[session];
    }

    byte[] next() {
      for (int i = 8; i < 16 && ++id[i] == 0; i++) {
        // carries
      }
      return id;
    }
  }

  /** As the prober does: the lag is known, and the clock follows the wall's. */
  @Setup(Level.Iteration)
  public void compareClocks() {
    clock.calibrate();
    long now = clock.nanos();
    b.clock().accept(now, now, now, now, System.nanoTime(), TimeUnit.HOURS.toNanos(1));
  }

  @Benchmark
  public void baselineEmpty() {}

  @Benchmark
  public long baselineNanoTime() {
    return System.nanoTime();
  }

  /** Not the recording: what making the next message's id costs in those that take one. */
  @Benchmark
  public byte[] baselineNextId(Message message) {
    return message.next();
  }

  /** Nothing is ever sent, so that the table of messages on their way is full: the worst case. */
  @Benchmark
  public void submitToFullTable(Message message) {
    submit(message.next(), message.session());
  }

  /** A synchronous send, or both halves of an asynchronous one. */
  @Benchmark
  public void submitAndTransmitToOne(Message message) {
    byte[] id = message.next();
    submit(id, message.session());
    transmitToB(id);
  }

  @Benchmark
  public void transmitToOne(Message message) {
    transmitToB(message.next());
  }

  @Benchmark
  public void transmitToThree(Message message) {
    Notes begun =
        Bridge.transmitting()
            .transmitting(LOCAL, PORT, message.next(), timestamp, ASYNCHRONOUS, 500, 3);
    Guarded.transmittingTo(begun, B, PORT);
    Guarded.transmittingTo(begun, C, PORT);
    Guarded.transmittingTo(begun, D, PORT);
    Bridge.transmitting().transmissionCompleted(B, PORT);
    Bridge.transmitting().transmissionCompleted(C, PORT);
    Bridge.transmitting().transmissionCompleted(D, PORT);
    Bridge.transmitting().transmitted(begun, null);
  }

  @Benchmark
  public void receiveAndApplyDelta(Message message) {
    Notes begun = Bridge.receiving().received(channel, B, PORT, message.next(), timestamp, 500);
    Bridge.receiving().clusterReceived(DELTA);
    Bridge.applying().managerReached();
    Notes handling =
        Bridge.applying()
            .sessionMessageHandling(channel, CONTEXT, B, PORT, DELTA, message.session());
    // Applying a delta also makes the session a replica, which meets it again.
    Bridge.applying().sessionMet();
    Bridge.applying().sessionMet();
    Bridge.applying().sessionMessageHandled(null);
    Bridge.applying().sessionMessageDone(handling);
    Bridge.applying().managerReturned();
    Bridge.receiving().receiveEnded(begun);
  }

  /** What is received and counted, without a session's change in it. */
  @Benchmark
  public void receiveOnly(Message message) {
    Notes begun = Bridge.receiving().received(channel, B, PORT, message.next(), timestamp, 500);
    Bridge.receiving().receiveEnded(begun);
  }

  /** The look-up of a member that every verification makes; it is well, and nothing is counted. */
  @Benchmark
  public void membershipLookup() {
    Bridge.membership().memberVerified(B, PORT, true);
  }

  /** One hook that tracks: its session is looked up, and who holds its change begins anew. */
  @Benchmark
  public void trackAChange(Message message) {
    Notes begun = Bridge.submitting().clusterSending(channel, DELTA, CONTEXT, message.session());
    Bridge.submitting().clusterSent(begun);
  }

  /** All that a request costs which changed its session: what it sent is counted, and tracked. */
  @Benchmark
  public void endAChangedRequest(Message message) {
    Notes begun = Bridge.requests().requestEnding();
    Bridge.requests().requestCompleting(channel, CONTEXT);
    Bridge.requests().deltaSerialized(500, null);
    byte[] id = message.next();
    submit(id, message.session());
    Bridge.requests().requestEnded(begun);
    transmitToB(id);
  }

  /** What every request that brings a session's id costs: it is this node's own. */
  @Benchmark
  public boolean requestWithOwnRoute(Message message) {
    return Bridge.sessions().mayBeForeign(message.session());
  }

  @Benchmark
  public void receiverWait() {
    Notes begun = Bridge.receivers().receiverWaiting();
    Bridge.receivers().receiverServed(begun);
  }

  private void submit(byte[] id, String session) {
    Notes begun = Bridge.submitting().clusterSending(channel, DELTA, CONTEXT, session);
    Notes sending = Bridge.submitting().channelSending(false);
    Bridge.submitting().messageIdentified(id);
    Bridge.submitting().channelSent(sending, false);
    Bridge.submitting().clusterSent(begun);
  }

  private void transmitToB(byte[] id) {
    Notes begun =
        Bridge.transmitting().transmitting(LOCAL, PORT, id, timestamp, ASYNCHRONOUS, 500, 1);
    Guarded.transmittingTo(begun, B, PORT);
    Bridge.transmitting().transmissionCompleted(B, PORT);
    Bridge.transmitting().transmitted(begun, null);
  }
}
