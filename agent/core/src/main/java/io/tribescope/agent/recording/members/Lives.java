package io.tribescope.agent.recording.members;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each life of a peer one of 55 bits, to stand for it wherever sessions are tracked. When all
 * are taken, that of a life which is over goes to another; with 55 members at once the next gets
 * none.
 */
public final class Lives {
  private static final int COUNT = 55;

  private final @Nullable PeerRecord[] holders = new PeerRecord[COUNT];
  private final LongConsumer retire;
  private int next;
  private volatile boolean saturated;

  /**
   * @param retire called with a bit before it is given to another life
   */
  public Lives(LongConsumer retire) {
    this.retire = retire;
  }

  /** A new life of that peer begins, with a bit of its own; 0 when there is none left. */
  public synchronized void begin(PeerRecord peer) {
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < COUNT; i++) {
        int bit = (next + i) % COUNT;
        PeerRecord holder = holders[bit];
        boolean over = holder == null || holder.life() != 1L << bit;
        if (over || (pass == 1 && !holder.inView() && holder != peer)) {
          if (holder != null) {
            retire.accept(1L << bit);
            if (!over) {
              holder.setLife(0);
            }
          }
          holders[bit] = peer;
          peer.setLife(1L << bit);
          next = (bit + 1) % COUNT;
          return;
        }
      }
    }
    saturated = true;
    peer.setLife(0);
  }

  /** Whether a life ever got no bit. */
  public boolean saturated() {
    return saturated;
  }
}
