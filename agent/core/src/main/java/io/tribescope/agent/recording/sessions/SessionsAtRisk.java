package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.members.PeerRecord;

/** What would be lost and what is stale, of one channel at one moment, by context. */
public final class SessionsAtRisk {
  private final long[] unreplicated;
  private final long[] unconfirmed;
  private final long[] unreplicatedNanos;
  private final long[] unconfirmedNanos;
  private final long[][] missed;

  public SessionsAtRisk(int contexts) {
    unreplicated = new long[contexts];
    unconfirmed = new long[contexts];
    unreplicatedNanos = new long[contexts];
    unconfirmedNanos = new long[contexts];
    missed = new long[contexts][Long.SIZE];
  }

  // A context may have come since the arrays were made: it will be there at the next scrape.

  void unreplicated(int context, long ageNanos) {
    if (context < unreplicated.length) {
      unreplicated[context]++;
      unreplicatedNanos[context] = Math.max(unreplicatedNanos[context], ageNanos);
    }
  }

  void unconfirmed(int context, long ageNanos) {
    if (context < unconfirmed.length) {
      unconfirmed[context]++;
      unconfirmedNanos[context] = Math.max(unconfirmedNanos[context], ageNanos);
    }
  }

  void missed(int context, long members) {
    if (context < missed.length) {
      for (long rest = members; rest != 0; rest &= rest - 1) {
        missed[context][Long.numberOfTrailingZeros(rest)]++;
      }
    }
  }

  /** Whether the context was there when this was read. */
  public boolean covers(ContextRecord context) {
    return context.index() < unreplicated.length;
  }

  public long unreplicated(ContextRecord context) {
    return unreplicated[context.index()];
  }

  public long unconfirmed(ContextRecord context) {
    return unconfirmed[context.index()];
  }

  /** Age of the oldest such change; 0 when there is none. */
  public double unreplicatedSeconds(ContextRecord context) {
    return unreplicatedNanos[context.index()] / 1e9;
  }

  /** Age of the oldest such change; 0 when there is none. */
  public double unconfirmedSeconds(ContextRecord context) {
    return unconfirmedNanos[context.index()] / 1e9;
  }

  /** Whether it is known what that peer has missed. */
  public boolean covers(PeerRecord peer) {
    return peer.life() != 0;
  }

  /** Sessions whose replica on that peer has missed a change. */
  public long missed(ContextRecord context, PeerRecord peer) {
    long life = peer.life();
    return life == 0 ? 0 : missed[context.index()][Long.numberOfTrailingZeros(life)];
  }
}
