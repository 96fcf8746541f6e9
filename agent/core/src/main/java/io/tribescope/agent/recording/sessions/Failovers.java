package io.tribescope.agent.recording.sessions;

import io.tribescope.agent.recording.counters.LongBlocks;
import io.tribescope.agent.recording.members.PeerRecord;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Failovers whose origin is not known yet: mod_jk moves a session in milliseconds, membership takes
 * seconds to drop a node. Bounded: 8,192 at once, a minute each; what is beyond counts as unknown.
 * Lock-free; allocates nothing but the blocks of {@link LongBlocks}.
 */
public final class Failovers {
  private static final int CAPACITY = 1 << 13;
  private static final int MEMORY = 256;
  private static final long UNDECIDED_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final FailoverOutcome[] OUTCOMES = FailoverOutcome.values();
  private static final long PENDING = 1;
  private static final long BUSY = 2;
  private static final int OUTCOME_SHIFT = 2;
  private static final int CONTEXT_SHIFT = 4;

  private final LongBlocks facts = new LongBlocks(CAPACITY, MEMORY);
  private final LongBlocks routes = new LongBlocks(CAPACITY, MEMORY);
  private final LongBlocks nanos = new LongBlocks(CAPACITY, MEMORY);
  private final AtomicInteger next = new AtomicInteger();
  private final Contexts contexts;

  public Failovers(Contexts contexts) {
    this.contexts = contexts;
  }

  /** A session came with that route of another node's. */
  public void add(
      int stripe, ContextRecord context, FailoverOutcome outcome, long route, long now) {
    int slot = next.getAndIncrement() & (CAPACITY - 1);
    if (!facts.compareAndSet(slot, 0, BUSY)) {
      context.failover(stripe, outcome, FailoverOrigin.UNKNOWN);
      return;
    }
    routes.lazySet(slot, route);
    nanos.lazySet(slot, now);
    facts.set(
        slot,
        PENDING
            | (long) outcome.ordinal() << OUTCOME_SHIFT
            | (long) context.index() << CONTEXT_SHIFT);
  }

  /** Says of each peer, by its route, what is known of it. */
  public interface Peers {
    @Nullable PeerRecord withRoute(long route);
  }

  /** Decides what can be decided now. Not on a hook's way but where a member leaves. */
  public void decide(Peers peers, int stripe, long now) {
    for (int slot = 0; slot < CAPACITY; slot++) {
      long fact = facts.get(slot);
      if ((fact & PENDING) != 0) {
        FailoverOrigin origin = origin(peers.withRoute(routes.get(slot)), nanos.get(slot), now);
        if (origin != null && facts.compareAndSet(slot, fact, 0)) {
          ContextRecord context = contexts.at((int) (fact >>> CONTEXT_SHIFT));
          if (context != null) {
            context.failover(stripe, OUTCOMES[(int) (fact >>> OUTCOME_SHIFT) & 3], origin);
          }
        }
      }
    }
  }

  /** Forgets what is undecided of a context that is gone: another is to have its index. */
  public void removeContext(int context) {
    for (int slot = 0; slot < CAPACITY; slot++) {
      long fact = facts.get(slot);
      if ((fact & PENDING) != 0 && fact >>> CONTEXT_SHIFT == context) {
        facts.compareAndSet(slot, fact, 0);
      }
    }
  }

  /** Null while it cannot be known. */
  private static @Nullable FailoverOrigin origin(@Nullable PeerRecord peer, long when, long now) {
    // After a fast restart the view may hold the new life before it has dropped the old one.
    if (peer != null && (!peer.inView() || peer.hasBegunAfter(when))) {
      return FailoverOrigin.DOWN;
    }
    if (peer != null && peer.isAliveAfter(when)) {
      return FailoverOrigin.UP;
    }
    return now - when > UNDECIDED_NANOS ? FailoverOrigin.UNKNOWN : null;
  }
}
