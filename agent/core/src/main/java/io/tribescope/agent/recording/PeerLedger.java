package io.tribescope.agent.recording;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What was handed over to a peer and what came from it, second by second in its present life, and
 * what was found missing in all of them. Thread-safe.
 */
final class PeerLedger {
  private final AtomicLong missing = new AtomicLong();
  private volatile boolean receiptsSeen;
  private volatile boolean tells;
  private volatile SentTally sent = new SentTally();
  private volatile ReceivedTally received = new ReceivedTally();
  private volatile boolean speaksFirstVersion;

  /** From now on what comes from the peer is counted. */
  void begin() {
    ReceivedTally next = new ReceivedTally();
    received = next;
    next.begin(System.nanoTime());
  }

  /** A new life of the peer has begun. */
  void newLife() {
    forgetSent();
    begin();
    speaksFirstVersion = false;
    tells = false;
  }

  /** Nothing is known any more of what was sent. */
  void forgetSent() {
    sent = new SentTally();
  }

  SentTally sent() {
    return sent;
  }

  ReceivedTally received() {
    return received;
  }

  void receiptsTaken(int newlyMissing) {
    missing.addAndGet(newlyMissing);
    receiptsSeen = true;
    tells = true;
  }

  /** Whether the present life has ever told what came to it. */
  boolean tells() {
    return tells;
  }

  boolean receiptsSeen() {
    return receiptsSeen;
  }

  @Nullable Long missing() {
    return receiptsSeen ? missing.get() : null;
  }

  boolean speaksFirstVersion() {
    return speaksFirstVersion;
  }

  void setSpeaksFirstVersion(boolean now) {
    speaksFirstVersion = now;
  }
}
