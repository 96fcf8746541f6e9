package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Distribution;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Layout;
import io.tribescope.agent.recording.counters.Layout.Block;
import io.tribescope.agent.recording.counters.Layout.Table;
import io.tribescope.agent.recording.counters.OffenderCounts;
import io.tribescope.agent.recording.counters.Sizes;
import io.tribescope.agent.recording.members.PeerRecord;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is recorded of one context's sessions on one channel. Thread-safe. */
public final class ContextRecord {
  private static final Layout LAYOUT = new Layout();
  private static final Block<RequestOutcome> REQUESTS = LAYOUT.block(RequestOutcome.class);
  private static final Table<FailoverOutcome, FailoverOrigin> FAILOVERS =
      LAYOUT.table(FailoverOutcome.class, FailoverOrigin.class);
  private static final Block<TransferOutcome> TRANSFERS = LAYOUT.block(TransferOutcome.class);
  private static final int SESSIONS_SENT = LAYOUT.counter();
  private static final int SESSIONS_RECEIVED = LAYOUT.counter();
  private static final int TRANSFER_TOOK = LAYOUT.durations();
  private static final int DELTA_BYTES = LAYOUT.sizes();

  private final int index;
  private final String name;
  private final long seed;
  private final WeakReference<Object> manager;
  private final long localRoute;
  private final Cells cells = new Cells(LAYOUT);
  private final OffenderCounts serializationFailures = new OffenderCounts();
  private final Map<PeerRecord, LongAdder> conflicts = new ConcurrentHashMap<>();
  private final Map<PeerRecord, GivenTransfer> given = new ConcurrentHashMap<>();
  private final StateTransfer transfer = new StateTransfer();

  ContextRecord(int index, String name, Object manager, @Nullable String jvmRoute) {
    this.index = index;
    this.name = name;
    this.seed = SessionKey.newSeed();
    this.manager = new WeakReference<>(manager);
    this.localRoute = jvmRoute == null ? 0 : SessionKey.ofRoute(jvmRoute);
  }

  public long keyOf(String sessionId) {
    return SessionKey.of(seed, sessionId);
  }

  /** This node's own route; 0 without one. */
  public long localRoute() {
    return localRoute;
  }

  public StateTransfer transfer() {
    return transfer;
  }

  /** A part of a state transfer to that peer is about to be sent. */
  public GivenTransfer giving(PeerRecord peer, long nanos) {
    GivenTransfer giving =
        given.compute(
            peer,
            (p, open) ->
                open == null || open.life != p.life() || open.hasFailed()
                    ? new GivenTransfer(p.life(), nanos)
                    : open);
    giving.partBegins();
    return giving;
  }

  /** The transfer to that peer whose arrival is not known yet. */
  public @Nullable GivenTransfer given(PeerRecord peer) {
    return given.get(peer);
  }

  public void givenArrived(PeerRecord peer, GivenTransfer transfer) {
    given.remove(peer, transfer);
  }

  /** Drops what is held of other peers. */
  public void retain(Predicate<PeerRecord> remembered) {
    given.keySet().removeIf(remembered.negate());
    conflicts.keySet().removeIf(remembered.negate());
  }

  public void request(int stripe, RequestOutcome outcome) {
    cells.increment(stripe, REQUESTS.of(outcome));
  }

  void failover(int stripe, FailoverOutcome outcome, FailoverOrigin origin) {
    cells.increment(stripe, FAILOVERS.of(outcome, origin));
  }

  public void transferred(int stripe, TransferOutcome outcome, long nanos) {
    cells.increment(stripe, TRANSFERS.of(outcome));
    Durations.record(cells, stripe, TRANSFER_TOOK, nanos);
  }

  public void sessionsSent(int stripe, long sessions) {
    cells.add(stripe, SESSIONS_SENT, sessions);
  }

  public void sessionsReceived(int stripe, long sessions) {
    cells.add(stripe, SESSIONS_RECEIVED, sessions);
  }

  public void deltaSerialized(int stripe, int bytes) {
    Sizes.record(cells, stripe, DELTA_BYTES, bytes);
  }

  public void serializationFailed(Throwable failure) {
    serializationFailures.failed(failure);
  }

  /** Rare enough to allocate, once for each peer. */
  public void conflict(PeerRecord peer) {
    conflicts.computeIfAbsent(peer, p -> new LongAdder()).increment();
  }

  public int index() {
    return index;
  }

  /** As the session manager names it. */
  public String name() {
    return name;
  }

  /** Tomcat's session manager, held weakly. */
  public @Nullable Object manager() {
    return manager.get();
  }

  public long requests(RequestOutcome outcome) {
    return cells.sum(REQUESTS.of(outcome));
  }

  /** Decided ones only. */
  public long failovers(FailoverOutcome outcome, FailoverOrigin origin) {
    return cells.sum(FAILOVERS.of(outcome, origin));
  }

  public long transfers(TransferOutcome outcome) {
    return cells.sum(TRANSFERS.of(outcome));
  }

  public Distribution transferDurations() {
    return Durations.read(cells, TRANSFER_TOOK);
  }

  /** Sessions that this node gave to others. */
  public long sessionsSent() {
    return cells.sum(SESSIONS_SENT);
  }

  public long sessionsReceived() {
    return cells.sum(SESSIONS_RECEIVED);
  }

  public Distribution deltaBytes() {
    return Sizes.read(cells, DELTA_BYTES);
  }

  public Map<String, Long> serializationFailures() {
    return serializationFailures.counts();
  }

  public long conflicts(PeerRecord peer) {
    LongAdder count = conflicts.get(peer);
    return count == null ? 0 : count.sum();
  }
}
