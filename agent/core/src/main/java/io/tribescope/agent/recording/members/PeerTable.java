package io.tribescope.agent.recording.members;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one channel by address. A look-up is one probe, lock-free and without allocation;
 * admitting a peer copies the table and happens once for each address. At most 256 addresses, of
 * which 32 were only sent to and never in the view: the address of a question is the asker's word.
 * What comes beyond is recorded together as {@code other}.
 */
public final class PeerTable {
  private static final int LIMIT = 256;
  private static final int STRANGERS = 32;
  private static final long REMEMBER_DEPARTED_NANOS = TimeUnit.HOURS.toNanos(24);
  private static final int REMEMBER_DEPARTED = 64;
  private static final long REMEMBER_STRANGERS_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final PeerRecord other = new PeerRecord(0, "other", 0);
  private final Lives lives;
  private final Runnable changed;
  private volatile PeerRecord[] slots = new PeerRecord[16];
  private volatile List<PeerRecord> peers = Collections.emptyList();
  private volatile boolean saturated;

  /**
   * @param changed run when a peer was admitted, or has become a member; also while a lock is held
   */
  public PeerTable(Lives lives, Runnable changed) {
    this.lives = lives;
    this.changed = changed;
  }

  /** The record of that address, or null when it was never admitted. */
  public @Nullable PeerRecord find(long key) {
    PeerRecord[] table = slots;
    int mask = table.length - 1;
    for (int i = (int) MemberKey.mix(key) & mask; ; i = (i + 1) & mask) {
      PeerRecord peer = table[i];
      if (peer == null || peer.key() == key) {
        return peer;
      }
    }
  }

  /** The record of a member of the view, admitted now if need be. */
  public PeerRecord member(byte[] host, int port) {
    long key = MemberKey.of(host, port);
    PeerRecord known = find(key);
    PeerRecord peer = known != null ? known : insert(key, MemberKey.name(host, port), LIMIT);
    if (peer.setMember()) {
      changed.run();
    }
    return peer;
  }

  /** The record of whom a message is sent to, admitted now if need be and there is room. */
  public PeerRecord destination(long key, byte[] host, int port) {
    PeerRecord known = find(key);
    return known != null ? known : insert(key, MemberKey.name(host, port), STRANGERS);
  }

  private synchronized PeerRecord insert(long key, String name, int strangersLimit) {
    PeerRecord known = find(key);
    if (known != null) {
      return known;
    }
    List<PeerRecord> all = peers;
    if (all.stream().filter(peer -> !peer.isMember()).count() >= strangersLimit) {
      return other;
    }
    if (all.size() >= LIMIT) {
      saturated = true;
      return other;
    }
    PeerRecord added = new PeerRecord(key, name, System.nanoTime());
    lives.begin(added);
    List<PeerRecord> more = new ArrayList<>(all);
    more.add(added);
    replace(more);
    // Its life may have been another's.
    changed.run();
    return added;
  }

  /** The peer with that route; one in the view rather than another. */
  public @Nullable PeerRecord withRoute(long route) {
    PeerRecord found = null;
    for (PeerRecord peer : peers) {
      if (peer.routeHash() == route && peer.isMember() && (found == null || peer.inView())) {
        found = peer;
      }
    }
    return found;
  }

  /**
   * Those outside of the view that need not be remembered: members that left more than 24 h ago, or
   * before the last 64 that did; and after a minute those that were never members.
   */
  public List<PeerRecord> outdated(long nanoTime) {
    List<PeerRecord> departed = new ArrayList<>();
    List<PeerRecord> outdated = new ArrayList<>();
    for (PeerRecord peer : peers) {
      if (peer.inView()) {
        continue;
      }
      if (!peer.isMember()) {
        if (nanoTime - peer.admittedNanos() > REMEMBER_STRANGERS_NANOS) {
          outdated.add(peer);
        }
      } else if (peer.departedNanos() != 0) {
        departed.add(peer);
        if (nanoTime - peer.departedNanos() > REMEMBER_DEPARTED_NANOS) {
          outdated.add(peer);
        }
      }
    }
    if (departed.size() > REMEMBER_DEPARTED) {
      departed.sort(Comparator.comparingLong(peer -> peer.departedNanos() - nanoTime));
      outdated.addAll(departed.subList(0, departed.size() - REMEMBER_DEPARTED));
    }
    return outdated;
  }

  /** Forgets these. What still refers to their records counts into the void. */
  public synchronized void forget(Collection<PeerRecord> gone) {
    List<PeerRecord> rest = new ArrayList<>(peers);
    if (rest.removeAll(gone)) {
      gone.forEach(peer -> peer.setLife(0));
      replace(rest);
    }
  }

  private void replace(List<PeerRecord> all) {
    int capacity = 16;
    while (capacity < all.size() * 4) {
      capacity *= 2;
    }
    PeerRecord[] table = new PeerRecord[capacity];
    for (PeerRecord peer : all) {
      int i = (int) MemberKey.mix(peer.key()) & (capacity - 1);
      while (table[i] != null) {
        i = (i + 1) & (capacity - 1);
      }
      table[i] = peer;
    }
    peers = Collections.unmodifiableList(all);
    slots = table;
  }

  /** Whether that record still counts. */
  public boolean holds(PeerRecord peer) {
    return peer == other || find(peer.key()) == peer;
  }

  public PeerRecord other() {
    return other;
  }

  /** In the order of admission, without {@link #other}. Immutable. */
  public List<PeerRecord> peers() {
    return peers;
  }

  /** Whether an address was ever refused for want of room. */
  public boolean saturated() {
    return saturated;
  }
}
