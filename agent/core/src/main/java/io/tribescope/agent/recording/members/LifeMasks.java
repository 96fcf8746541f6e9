package io.tribescope.agent.recording.members;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The lives of a channel's members, as bits of {@link Lives}, for hooks to read. Who has changed
 * anything that they are made of counts anew, on any thread, without a lock and without allocation.
 */
public final class LifeMasks {
  /** So many changes in the time of one count there cannot be. */
  private static final int ATTEMPTS = 100;

  private final AtomicInteger version = new AtomicInteger();
  private volatile long live;
  private volatile long known;

  /** The lives of the members in the view. */
  public long live() {
    return live;
  }

  /** ... and of those that left it without a word, which may still hold what they held. */
  public long known() {
    return known;
  }

  /**
   * Counts after a change. Whoever publishes looks afterwards whether there was another meanwhile,
   * and then counts again: what was counted last is what is published last.
   */
  public void count(PeerTable table) {
    int counted = version.incrementAndGet();
    for (int i = 0; i < ATTEMPTS; i++) {
      publish(table, counted);
      int now = version.get();
      if (now == counted) {
        return;
      }
      counted = now;
    }
  }

  private void publish(PeerTable table, int counted) {
    long in = 0;
    long all = 0;
    List<PeerRecord> peers = table.peers();
    // By index: an iterator would allocate.
    for (int i = 0; i < peers.size(); i++) {
      PeerRecord peer = peers.get(i);
      if (peer.isMember()) {
        long life = peer.life();
        all |= life;
        in |= peer.inView() ? life : 0;
      }
    }
    if (version.get() == counted) {
      live = in;
      known = all;
    }
  }
}
