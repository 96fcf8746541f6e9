package io.tribescope.agent.recording.messages;

import io.tribescope.agent.recording.counters.Cells;
import io.tribescope.agent.recording.counters.Durations;
import io.tribescope.agent.recording.counters.Layout;

/**
 * What is recorded of a channel's dispatch queue, where asynchronous messages wait. Outlives a stop
 * of the channel. Thread-safe; counting is lock-free and allocates nothing.
 */
public final class QueueRecord {
  private static final Layout LAYOUT = new Layout();
  private static final int ADDED = LAYOUT.counter();
  private static final int REFUSED = LAYOUT.counter();
  private static final int TAKEN = LAYOUT.counter();
  private static final int FULL = LAYOUT.counter();
  private static final int SHUTDOWN = LAYOUT.counter();

  /** Waited when the queue was stopped: those in SHUTDOWN that were also counted as added. */
  private static final int DROPPED = LAYOUT.counter();

  private static final int WAIT = LAYOUT.durations();

  private final Cells cells = new Cells(LAYOUT);

  /** The identity's hash of the dispatcher; 0 for none. */
  private volatile int dispatcher;

  private volatile boolean stopped;

  public boolean isOf(Object other) {
    return dispatcher == System.identityHashCode(other);
  }

  /** The dispatcher whose queue this is, as an identity; one is made with each new channel. */
  public void bind(Object own) {
    dispatcher = System.identityHashCode(own);
  }

  /** A message is about to be put into the queue. */
  public void adding(int stripe) {
    // After the stop the executor rejects it.
    cells.increment(stripe, stopped ? SHUTDOWN : ADDED);
  }

  /**
   * It was not put there after all.
   *
   * @param shutdown because the queue has just been shut down
   */
  public void refused(int stripe, boolean shutdown) {
    if (!stopped) {
      cells.increment(stripe, REFUSED);
      if (shutdown) {
        cells.increment(stripe, SHUTDOWN);
      }
    }
  }

  /** One was taken out, to be sent. */
  public void taken(int stripe) {
    if (!stopped) {
      cells.increment(stripe, TAKEN);
    }
  }

  /** One was thrown away because the queue was full. */
  public void full(int stripe) {
    cells.increment(stripe, FULL);
  }

  public void waited(int stripe, long nanos) {
    Durations.record(cells, stripe, WAIT, nanos);
  }

  /**
   * The queue was stopped, and what waited was thrown away. Tomcat stops it in one thread.
   *
   * @return how many
   */
  public long stopped(int stripe) {
    if (stopped) {
      return 0;
    }
    stopped = true;
    long waiting = messages();
    cells.add(stripe, DROPPED, waiting);
    cells.add(stripe, SHUTDOWN, waiting);
    return waiting;
  }

  /** The channel begins to start, maybe again. */
  public void starting() {
    stopped = false;
  }

  /** Messages that wait. */
  public long messages() {
    // What leaves is read first: it can then be only too few that have left.
    long left = cells.sum(TAKEN) + cells.sum(REFUSED) + cells.sum(DROPPED);
    return Math.max(0, cells.sum(ADDED) - left);
  }

  /** Thrown away because the queue held as many bytes as it may. */
  public long discardedFull() {
    return cells.sum(FULL);
  }

  /** Thrown away because the queue was stopped. */
  public long discardedAtShutdown() {
    return cells.sum(SHUTDOWN);
  }

  /** From a message's submission to the start of its network send. */
  public Durations waits() {
    return Durations.read(cells, WAIT);
  }
}
