package io.tribescope.agent.probe;

import io.tribescope.agent.recording.ChannelRecord;
import io.tribescope.agent.recording.Channels;
import io.tribescope.agent.recording.ClockOffset;
import io.tribescope.agent.recording.PeerRecord;
import io.tribescope.agent.recording.ProbeListener;
import io.tribescope.agent.recording.ReceiptListener;
import io.tribescope.agent.recording.Receipts;
import io.tribescope.agent.recording.WallClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the clocks of the members, and what was sent with what arrived: a probe to each peer
 * every two seconds, at most eight peers an interval, and an answer to each probe of theirs. One
 * thread does all of it; a peer that cannot be reached delays the others by Tribes' own time-out (3
 * s), and falsifies nothing.
 */
public final class Prober implements ProbeListener, Runnable {
  private static final Logger logger = LoggerFactory.getLogger(Prober.class);
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long CALIBRATION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int PEERS_AN_INTERVAL = 8;
  private static final int MISSED_UNTIL_UNKNOWN = 10;
  private static final int INBOX_LIMIT = 256;

  private final Channels channels;
  private final WallClock clock;
  private final boolean asking;
  private final ToLongFunction<ChannelRecord> routeHashes;
  private final Queue<Mail> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inboxSize = new AtomicInteger();
  private final Map<Long, Request> open = new HashMap<>();
  private final Thread thread = new Thread(this, "tribescope-probe");
  private volatile ReceiptListener listener = (channel, peer) -> {};
  private int position;
  private int steps;

  private static final class Mail {
    final PeerRecord peer;
    final Probe probe;
    final long receivedNanos;

    Mail(PeerRecord peer, Probe probe, long receivedNanos) {
      this.peer = peer;
      this.probe = probe;
      this.receivedNanos = receivedNanos;
    }
  }

  /**
   * @param asking whether to send probes; those of others are answered only then, too
   * @param routeHashes the hash of this node's jvmRoute in that channel; 0 while unknown
   */
  public Prober(
      Channels channels,
      WallClock clock,
      boolean asking,
      ToLongFunction<ChannelRecord> routeHashes) {
    this.channels = channels;
    this.clock = clock;
    this.asking = asking;
    this.routeHashes = routeHashes;
  }

  /** Tells of receipts from now on. */
  public void listenForReceipts(ReceiptListener receipts) {
    listener = receipts;
  }

  /** Starts the thread, if there is anything to ask. */
  public void start() {
    if (asking) {
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Ends the thread. */
  void stop() {
    thread.interrupt();
  }

  @Override
  public void probeReceived(PeerRecord peer, byte[] payload, long receivedNanos) {
    Probe probe = asking ? Probe.parse(payload) : null;
    if (probe == null) {
      return;
    }
    if (inboxSize.incrementAndGet() > INBOX_LIMIT) {
      inboxSize.decrementAndGet();
      return;
    }
    inbox.add(new Mail(peer, probe, receivedNanos));
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long nextProbes = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        calibrate();
        readInbox();
        if (System.nanoTime() - nextProbes >= 0) {
          nextProbes = System.nanoTime() + INTERVAL_NANOS;
          probePeers();
        }
      } catch (Throwable e) {
        // Whatever it is, the next round may go well, and nobody else follows the clock.
        logger.debug("A round of clock probes failed", e);
      }
      if (inbox.isEmpty()) {
        LockSupport.parkNanos(CALIBRATION_NANOS);
      }
    }
  }

  private void calibrate() {
    clock.calibrate();
    if (clock.steps() != steps) {
      steps = clock.steps();
      open.clear();
      for (ChannelRecord channel : channels.all()) {
        for (PeerRecord peer : channel.peers()) {
          peer.clock().reset();
          peer.forgetLags();
          peer.forgetSent();
        }
      }
    }
  }

  private void readInbox() {
    for (Mail mail = inbox.poll(); mail != null; mail = inbox.poll()) {
      inboxSize.decrementAndGet();
      if (mail.probe.reply) {
        take(mail);
      } else {
        answer(mail);
      }
    }
  }

  private void take(Mail mail) {
    Request request = open.remove(mail.probe.nonce);
    if (request == null || !request.isAnsweredBy(mail.peer, mail.probe)) {
      return;
    }
    long now = System.nanoTime();
    mail.peer.wasAliveAt(request.atNanos);
    ClockOffset offset = mail.peer.clock();
    int resets = offset.resets();
    boolean taken =
        offset.accept(
            request.sent,
            mail.probe.peerReceived,
            mail.probe.peerSent,
            mail.receivedNanos,
            now,
            request.validForNanos);
    if (taken) {
      mail.peer.clockCompared(offset.resets() == resets, request.atNanos);
    }
    Receipts receipts = mail.probe.receipts;
    if (receipts != null && request.tally == mail.peer.sentTally()) {
      mail.peer.setRouteHash(mail.probe.routeHash);
      mail.peer.receiptsTaken(
          request.tally.settlement().settle(request.asked, receipts, clock.nanos(), now));
      listener.receipts(request.channel, mail.peer);
    }
  }

  private void answer(Mail mail) {
    mail.peer.setSpeaksFirstVersion(mail.probe.isOfFirstVersionAlone());
    for (Target target : Target.all(channels)) {
      if (target.peer == mail.peer) {
        Receipts receipts =
            mail.peer.receivedTally().receipts(mail.probe.oldest, System.nanoTime());
        long route = routeHashes.applyAsLong(target.channel);
        target.send(mail.probe.answer(mail.receivedNanos, clock.nanos(), receipts, route));
        return;
      }
    }
  }

  private void probePeers() {
    List<Target> targets = Target.all(channels);
    forgetOld();
    int rounds = (targets.size() + PEERS_AN_INTERVAL - 1) / PEERS_AN_INTERVAL;
    long validFor = INTERVAL_NANOS * MISSED_UNTIL_UNKNOWN * Math.max(1, rounds);
    for (int i = 0; i < Math.min(PEERS_AN_INTERVAL, targets.size()); i++) {
      Target target = targets.get(position++ % targets.size());
      long nonce = ThreadLocalRandom.current().nextLong();
      long now = System.nanoTime();
      long sent = clock.nanos();
      Request request = new Request(target, sent, now, validFor);
      open.put(nonce, request);
      target.peer.clockAsked(now);
      target.send(
          target.peer.speaksFirstVersion()
              ? Probe.firstRequest(nonce, sent)
              : Probe.request(nonce, sent, request.asked.oldest()));
      readInbox();
    }
    position = targets.isEmpty() ? 0 : position % targets.size();
  }

  /** An unanswered request waits for one minute. */
  private void forgetOld() {
    long now = System.nanoTime();
    open.values().removeIf(request -> now - request.atNanos > TimeUnit.MINUTES.toNanos(1));
  }
}
