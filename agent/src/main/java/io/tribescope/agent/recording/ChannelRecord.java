package io.tribescope.agent.recording;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is recorded of one channel, this node's end of a cluster. Thread-safe. */
public final class ChannelRecord {
  private static final long REMEMBER_DEPARTED_NANOS = TimeUnit.HOURS.toNanos(24);
  private static final int REMEMBER_DEPARTED = 64;

  private static final int EVENTS = 0;
  private static final int STRANGERS = EVENTS + MembershipEvent.COUNT;
  private static final int SEND = STRANGERS + 1;
  private static final int APPLY = SEND + Durations.CELLS;

  private final WeakReference<Object> channel;
  private final PeerTable peers = new PeerTable();
  private final RecentIds recentIds = new RecentIds();
  private final Cells cells = new Cells(APPLY + Durations.CELLS);
  private volatile long localKey;

  ChannelRecord(Object channel) {
    this.channel = new WeakReference<>(channel);
  }

  boolean isFor(Object other) {
    return channel.get() == other;
  }

  void event(int stripe, MembershipEvent event) {
    cells.increment(stripe, EVENTS + event.ordinal());
  }

  void stranger(int stripe) {
    cells.increment(stripe, STRANGERS);
  }

  void sendTook(int stripe, long nanos) {
    Durations.record(cells, stripe, SEND, nanos);
  }

  void applyTook(int stripe, long nanos) {
    Durations.record(cells, stripe, APPLY, nanos);
  }

  RecentIds recentIds() {
    return recentIds;
  }

  PeerTable peerTable() {
    return peers;
  }

  long localKey() {
    return localKey;
  }

  /** The announced address of this node; it is known when the channel has started. */
  void setLocalKey(long key) {
    localKey = key;
  }

  /** Tomcat's channel, held weakly. */
  public @Nullable Object channel() {
    return channel.get();
  }

  /** The peer of that address, admitted if need be: for members of the view. */
  public PeerRecord peer(byte[] host, int port) {
    return peers.admit(host, port);
  }

  /** The peer of that address if it was ever in the view. */
  public @Nullable PeerRecord knownPeer(long key) {
    return peers.find(key);
  }

  /**
   * Takes over the view as the channel gives it, and forgets members that left more than 24 h ago,
   * the oldest of more than 64 departed included.
   */
  public void reconcile(Set<PeerRecord> view) {
    long now = System.nanoTime();
    List<PeerRecord> departed = new ArrayList<>();
    List<PeerRecord> forgotten = new ArrayList<>();
    for (PeerRecord peer : peers.peers()) {
      boolean present = view.contains(peer);
      peer.setInView(present, now);
      if (!present && peer.departedNanos() != 0) {
        departed.add(peer);
        if (now - peer.departedNanos() > REMEMBER_DEPARTED_NANOS) {
          forgotten.add(peer);
        }
      }
    }
    if (departed.size() > REMEMBER_DEPARTED) {
      departed.sort((a, b) -> Long.compare(a.departedNanos() - now, b.departedNanos() - now));
      forgotten.addAll(departed.subList(0, departed.size() - REMEMBER_DEPARTED));
    }
    peers.forget(forgotten);
  }

  /** No state transfer is under way: what was put aside and not replayed is gone. */
  void settle() {
    long cameAsOther = 0;
    for (PeerRecord peer : peers.peers()) {
      long aside = peer.aside();
      cameAsOther += Math.max(0, -aside);
      peer.olderThanState(Math.max(0, aside));
    }
    peers.other().olderThanState(Math.max(0, peers.other().aside() - cameAsOther));
  }

  /** Every peer that is remembered, in the order of its first appearance. */
  public List<PeerRecord> peers() {
    return peers.peers();
  }

  /** {@link #peers()}, and what could be attributed to none of them. */
  public List<PeerRecord> peersAndOther() {
    List<PeerRecord> all = new ArrayList<>(peers.peers());
    all.add(peers.other());
    return Collections.unmodifiableList(all);
  }

  public long events(MembershipEvent event) {
    return cells.sum(EVENTS + event.ordinal());
  }

  public long strangers() {
    return cells.sum(STRANGERS);
  }

  public Durations sends() {
    return Durations.read(cells, SEND);
  }

  public Durations applies() {
    return Durations.read(cells, APPLY);
  }

  public boolean peersSaturated() {
    return peers.saturated();
  }
}
