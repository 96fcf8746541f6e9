package io.tribescope.agent.recording.channels;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Layout;
import io.tribescope.agent.recording.counters.Layout.Block;
import io.tribescope.agent.recording.members.LifeMasks;
import io.tribescope.agent.recording.members.Lives;
import io.tribescope.agent.recording.members.MembershipEvent;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.members.PeerTable;
import io.tribescope.agent.recording.messages.QueueRecord;
import io.tribescope.agent.recording.messages.RecentIds;
import io.tribescope.agent.recording.receipts.Settlement;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.Contexts;
import io.tribescope.agent.recording.sessions.Failovers;
import io.tribescope.agent.recording.sessions.RecentChanges;
import io.tribescope.agent.recording.sessions.SessionKey;
import io.tribescope.agent.recording.sessions.SessionTable;
import io.tribescope.agent.recording.sessions.SessionsAtRisk;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** What is recorded of one channel, this node's end of a cluster. Thread-safe. */
public final class ChannelRecord {
  private static final Layout LAYOUT = new Layout();
  private static final Block<MembershipEvent> EVENTS = LAYOUT.block(MembershipEvent.class);
  private static final int STRANGERS = LAYOUT.counter();
  private static final int SEND = LAYOUT.durations();
  private static final int APPLY = LAYOUT.durations();

  private final WeakReference<Object> channel;
  private final int identity;
  private final IntSupplier trackedSessions;
  private final Lives lives;
  private final PeerTable peers;
  private final Failovers.Peers routes;
  private final Contexts contexts = new Contexts();
  private final Failovers failovers = new Failovers(contexts);
  private final RecentIds recentIds = new RecentIds();
  private final RecentIds moves = new RecentIds();
  private final RecentIds ended = new RecentIds();
  private final RecentChanges changes =
      new RecentChanges(System::nanoTime, this::changesNeededNanos);
  private final QueueRecord queue = new QueueRecord();
  private final Cells cells = new Cells(LAYOUT);
  private final LifeMasks masks = new LifeMasks();
  private final AtomicInteger viewEvents = new AtomicInteger();
  private volatile SessionTable sessions = new SessionTable(0);
  private volatile long localKey;
  private volatile long routeHash;
  private volatile boolean acknowledges;
  private boolean tracking;

  /**
   * @param trackedSessions how many changed sessions are to find room; asked once, when the first
   *     session manager starts
   */
  public ChannelRecord(Object channel, IntSupplier trackedSessions) {
    this.channel = new WeakReference<>(channel);
    identity = System.identityHashCode(channel);
    this.trackedSessions = trackedSessions;
    lives = new Lives(bit -> sessions().sweep().retire(bit));
    peers = new PeerTable(lives, this::countLives);
    routes = peers::withRoute;
  }

  /**
   * By the identity's hash: to read the weak reference in every event took as long as to look up a
   * session. Another channel of this JVM has the same once in two billion.
   */
  boolean isFor(Object other) {
    return identity == System.identityHashCode(other);
  }

  public void event(int stripe, MembershipEvent event) {
    cells.increment(stripe, EVENTS.of(event));
  }

  public void stranger(int stripe) {
    cells.increment(stripe, STRANGERS);
  }

  public void sendTook(int stripe, long nanos) {
    Durations.record(cells, stripe, SEND, nanos);
  }

  public void applyTook(int stripe, long nanos) {
    Durations.record(cells, stripe, APPLY, nanos);
  }

  public RecentIds recentIds() {
    return recentIds;
  }

  public SessionTable sessions() {
    return sessions;
  }

  public Contexts contexts() {
    return contexts;
  }

  /** The record of a context whose manager starts; null when there is no room. */
  public synchronized @Nullable ContextRecord addContext(
      String name, Object manager, @Nullable String jvmRoute) {
    if (!tracking) {
      // Only now, so that a cluster without replicated sessions takes no memory for them.
      tracking = true;
      sessions = new SessionTable(trackedSessions.getAsInt());
    }
    return contexts.add(name, manager, jvmRoute);
  }

  public Failovers failovers() {
    return failovers;
  }

  /** The sessions that came here from another node, until they leave again. */
  public RecentIds moves() {
    return moves;
  }

  /** The sessions that ended lately, here or elsewhere. */
  public RecentIds ended() {
    return ended;
  }

  /** Nobody looks for a change again where no receipt says that it is missing. */
  private long changesNeededNanos() {
    List<PeerRecord> current = peers.peers();
    // By index: an iterator would allocate.
    for (int i = 0; i < current.size(); i++) {
      if (current.get(i).inView() && current.get(i).receiptsSeen()) {
        return Settlement.settledWithinNanos(Long.bitCount(live()));
      }
    }
    return 0;
  }

  /** What was written lately, to find again what receipts say is missing. */
  public RecentChanges changes() {
    return changes;
  }

  /** The lives of the members in the view. */
  public long live() {
    return masks.live();
  }

  /** ... and of those that left it without a word, which may still hold what they held. */
  public long known() {
    return masks.known();
  }

  /** Whether members acknowledge what is sent to them, by the last change. */
  public void setAcknowledges(boolean asked) {
    if (acknowledges != asked) {
      acknowledges = asked;
    }
  }

  /** A member came into the view; whether it is the life that was dropped before. */
  public boolean appeared(PeerRecord peer, long id) {
    // What came while it was away came because it was.
    long now = System.nanoTime();
    decideFailovers(now);
    boolean another = peer.isNewLife(id);
    if (!peer.mayBe(id)) {
      lives.begin(peer);
    }
    boolean same = peer.appeared(id, nextViewEvent(), now);
    countLives();
    if (another && peer.life() != 0) {
      sessions.sweep().joined(peer.life(), live());
    }
    return same;
  }

  public void disappeared(PeerRecord peer, long id, boolean announced, long nanos) {
    peer.disappeared(id, announced, nanos, nextViewEvent());
    countLives();
    decideFailovers(nanos);
  }

  private void countLives() {
    masks.count(peers);
  }

  /** This node's own jvmRoute as {@link SessionKey} has it; 0 while unknown. */
  public long routeHash() {
    return routeHash;
  }

  public void setRouteHash(long route) {
    routeHash = route;
  }

  public void decideFailovers(long nanos) {
    // Any stripe will do; a scrape must not need what only hooks do.
    failovers.decide(routes, 0, nanos);
  }

  long localKey() {
    return localKey;
  }

  /** The announced address of this node; it is known when the channel has started. */
  public void setLocalKey(long key) {
    localKey = key;
  }

  /** Tomcat's channel, held weakly. */
  public @Nullable Object channel() {
    return channel.get();
  }

  /** The peer of that address, which is or was in the view. */
  public PeerRecord member(byte[] host, int port) {
    return peers.member(host, port);
  }

  /** Whom a message is sent to: nearly always a member, but an answer goes to whoever asked. */
  public PeerRecord destination(long key, byte[] host, int port) {
    return peers.destination(key, host, port);
  }

  /** The peer of that address if it was ever in the view. */
  public @Nullable PeerRecord knownPeer(long key) {
    PeerRecord peer = peers.find(key);
    return peer != null && peer.isMember() ? peer : null;
  }

  /** Numbers a member's coming or going. */
  int nextViewEvent() {
    return viewEvents.incrementAndGet();
  }

  /** How many comings and goings there were. To be read before the view that is reconciled. */
  public int viewEvents() {
    return viewEvents.get();
  }

  /**
   * Takes over the view as the channel gives it, and forgets members that left more than 24 h ago,
   * the oldest of more than 64 departed included, and those that were never members.
   *
   * @param viewEvents {@link #viewEvents} before the view was read: who came or went later is right
   *     already
   */
  public void reconcile(Set<PeerRecord> view, int viewEvents, long now) {
    for (PeerRecord peer : peers.peers()) {
      peer.reconcile(view.contains(peer), viewEvents, now);
    }
    List<PeerRecord> forgotten = peers.outdated(now);
    peers.forget(forgotten);
    forgotten.stream().filter(peer -> !peer.isMember()).forEach(peers.other()::takeOver);
    // Also what a hook under way has since said of a peer that was forgotten before.
    contextRecords().forEach(context -> context.retain(peers::holds));
    countLives();
  }

  /**
   * Works out what was put aside during state transfers and never replayed. Not for two threads at
   * once.
   *
   * @param quiet whether still no state transfer has begun since it was known that none was under
   *     way: what one puts aside is not lost
   */
  public void countOlderThanState(BooleanSupplier quiet) {
    List<PeerRecord> all = peers.peers();
    long[] aside = new long[all.size()];
    long cameAsOther = 0;
    for (int i = 0; i < aside.length; i++) {
      aside[i] = all.get(i).aside();
      cameAsOther += Math.max(0, -aside[i]);
    }
    long others = peers.other().aside() - cameAsOther;
    if (quiet.getAsBoolean()) {
      for (int i = 0; i < aside.length; i++) {
        all.get(i).olderThanState(aside[i]);
      }
      peers.other().olderThanState(others);
    }
  }

  /** Every member that is remembered, in the order of its first appearance. */
  public List<PeerRecord> peers() {
    List<PeerRecord> members = new ArrayList<>(peers.peers());
    members.removeIf(peer -> !peer.isMember());
    return members;
  }

  /** What could be attributed to no member. */
  public PeerRecord other() {
    return peers.other();
  }

  /** The contexts whose sessions are replicated, in no particular order. */
  public List<ContextRecord> contextRecords() {
    return contexts.all();
  }

  /** What would be lost and what is stale, now. Walks all tracked sessions. */
  public SessionsAtRisk sessionsAtRisk() {
    SessionsAtRisk risk = new SessionsAtRisk(contexts.size());
    sessions.sweep().read(risk, live(), System.nanoTime());
    return risk;
  }

  /** Whether that session was changed here and nobody has confirmed it; for scrapes. */
  public boolean isTrackedAsUnconfirmed(ContextRecord context, String sessionId) {
    return sessions.isUnconfirmed(context.keyOf(sessionId), live());
  }

  /** Whether anybody could confirm a change: by acknowledging it, or by its agent's receipt. */
  public boolean isConfirmable() {
    if (acknowledges || live() == 0) {
      return true;
    }
    for (PeerRecord peer : peers.peers()) {
      if (peer.inView() && peer.tellsWhatArrived()) {
        return true;
      }
    }
    return false;
  }

  public boolean sessionsSaturated() {
    return sessions.saturated();
  }

  /** Whether changes were ever overwritten too early to be found again. */
  public boolean changesSaturated() {
    return changes.saturated();
  }

  public boolean contextsSaturated() {
    return contexts.saturated();
  }

  /** Whether there were ever more members at once than sessions are tracked for. */
  public boolean livesSaturated() {
    return lives.saturated();
  }

  public long events(MembershipEvent event) {
    return cells.sum(EVENTS.of(event));
  }

  public long strangers() {
    return cells.sum(STRANGERS);
  }

  public Durations sends() {
    return Durations.read(cells, SEND);
  }

  public QueueRecord queue() {
    return queue;
  }

  public Durations applies() {
    return Durations.read(cells, APPLY);
  }

  public boolean peersSaturated() {
    return peers.saturated();
  }
}
