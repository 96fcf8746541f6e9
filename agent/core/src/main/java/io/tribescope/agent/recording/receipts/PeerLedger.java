package io.tribescope.agent.recording.receipts;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was handed over to a peer and what came from it, second by second in its present life, and
 * what was found missing in all of them. Thread-safe.
 */
public final class PeerLedger {
  private final AtomicLong missing = new AtomicLong();
  private volatile boolean receiptsSeen;
  private volatile boolean tells;
  private volatile SentTally sent = new SentTally();
  private volatile ReceivedTally received = new ReceivedTally();
  private volatile boolean speaksFirstVersion;

  /** From now on what comes from the peer is counted. */
  public void begin() {
    ReceivedTally next = new ReceivedTally();
    received = next;
    next.begin(System.nanoTime());
  }

  /** A new life of the peer has begun. */
  public void newLife() {
    forgetSent();
    begin();
    speaksFirstVersion = false;
    tells = false;
  }

  /** Nothing is known any more of what was sent. */
  public void forgetSent() {
    sent = new SentTally();
  }

  public SentTally sent() {
    return sent;
  }

  public ReceivedTally received() {
    return received;
  }

  public void receiptsTaken(int newlyMissing) {
    missing.addAndGet(newlyMissing);
    receiptsSeen = true;
    tells = true;
  }

  /** Whether the present life has ever told what came to it. */
  public boolean tells() {
    return tells;
  }

  public boolean receiptsSeen() {
    return receiptsSeen;
  }

  public @Nullable Long missing() {
    return receiptsSeen ? missing.get() : null;
  }

  public boolean speaksFirstVersion() {
    return speaksFirstVersion;
  }

  public void setSpeaksFirstVersion(boolean now) {
    speaksFirstVersion = now;
  }
}
