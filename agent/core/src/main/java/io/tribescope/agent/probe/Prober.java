package io.tribescope.agent.probe;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.Channels;
import io.tribescope.agent.recording.channels.ProbeListener;
import io.tribescope.agent.recording.channels.ReceiptListener;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.ClockOffset;
import io.tribescope.agent.recording.receipts.Question;
import io.tribescope.agent.recording.receipts.Receipts;
import io.tribescope.agent.recording.receipts.Settlement;
import io.tribescope.agent.recording.receipts.WallClock;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
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
 * every two seconds, at most eight peers an interval, and an answer to the newest probe of each of
 * theirs. One thread does all of it; a peer that cannot be reached delays the others by Tribes' own
 * time-out (3 s), and falsifies nothing.
 *
 * <p>Any host on the cluster's network can send probes in a member's name. However many come, our
 * own go out: a round answers a few peers, and stops when ours are due. What waits is one question
 * of each peer, and answers to questions of ours.
 */
public final class Prober implements ProbeListener, Runnable {
  private static final Logger logger = LoggerFactory.getLogger(Prober.class);
  private static final long INTERVAL_NANOS = Settlement.INTERVAL_NANOS;
  private static final long CALIBRATION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int PEERS_AN_INTERVAL = Settlement.PEERS_AN_INTERVAL;
  private static final int MISSED_UNTIL_UNKNOWN = 10;
  private static final int INBOX_LIMIT = 256;
  private static final int ANSWERS_A_ROUND = 8;

  /** Rounds come no faster, so that a flood of probes is not answered with one. */
  private static final long ROUND_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Channels channels;
  private final WallClock clock;
  private final boolean asking;
  private final ToLongFunction<ChannelRecord> routeHashes;
  private final Queue<Mail> replies = new ConcurrentLinkedQueue<>();
  private final AtomicInteger repliesWaiting = new AtomicInteger();

  /** Peers that have a question, each once, who has waited longest first. */
  private final Queue<PeerRecord> askers = new ConcurrentLinkedQueue<>();

  private final Map<Long, Request> open = new ConcurrentHashMap<>();
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
    if (probe.reply) {
      // One that nobody waits for must not take the room of one that somebody does.
      Request request = open.get(probe.nonce);
      if (request == null || !request.isAnsweredBy(peer, probe)) {
        return;
      }
      if (repliesWaiting.incrementAndGet() > INBOX_LIMIT) {
        repliesWaiting.decrementAndGet();
        return;
      }
      replies.add(new Mail(peer, probe, receivedNanos));
    } else if (peer.asks(new Question(payload, receivedNanos))) {
      askers.add(peer);
    }
    LockSupport.unpark(thread);
  }

  @Override
  public void run() {
    long nextProbes = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      long began = System.nanoTime();
      try {
        calibrate();
        takeReplies();
        if (System.nanoTime() - nextProbes >= 0) {
          nextProbes = System.nanoTime() + INTERVAL_NANOS;
          probePeers();
        }
        answerQuestions(nextProbes);
      } catch (Throwable e) {
        // Whatever it is, the next round may go well, and nobody else follows the clock.
        logger.debug("A round of clock probes failed", e);
      }
      if (replies.isEmpty() && askers.isEmpty()) {
        LockSupport.parkNanos(CALIBRATION_NANOS);
      }
      awaitNextRound(began + ROUND_NANOS);
    }
  }

  /** Whatever comes meanwhile. */
  private static void awaitNextRound(long atNanos) {
    long left = atNanos - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = atNanos - System.nanoTime();
    }
  }

  private void calibrate() {
    clock.calibrate();
    if (clock.steps() != steps) {
      steps = clock.steps();
      open.clear();
      forgetQuestions();
      for (ChannelRecord channel : channels.all()) {
        for (PeerRecord peer : channel.peers()) {
          peer.clock().reset();
          peer.lags().forget();
          peer.forgetSent();
        }
      }
    }
  }

  /** They came by the clock as it was: an answer would give two times of two clocks. */
  private void forgetQuestions() {
    for (int waiting = askers.size(); waiting > 0; waiting--) {
      PeerRecord peer = askers.poll();
      if (peer != null) {
        peer.takeQuestion();
      }
    }
  }

  /** Ends even while more come: of those to one question a single one is taken. */
  private void takeReplies() {
    for (Mail mail = replies.poll(); mail != null; mail = replies.poll()) {
      repliesWaiting.decrementAndGet();
      take(mail);
    }
  }

  /** One at least in each round, and no more when our own probes are due. */
  private void answerQuestions(long nextProbes) {
    int answers = 0;
    do {
      PeerRecord peer = askers.poll();
      Question question = peer == null ? null : peer.takeQuestion();
      Probe probe = question == null ? null : Probe.parse(question.payload);
      if (peer == null || question == null || probe == null) {
        return;
      }
      answer(new Mail(peer, probe, question.receivedNanos));
      answers++;
    } while (answers < ANSWERS_A_ROUND && System.nanoTime() - nextProbes < 0);
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
      mail.peer.lags().clockCompared(offset.resets() == resets, request.atNanos);
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
      target.peer.lags().clockAsked(now);
      target.send(
          target.peer.speaksFirstVersion()
              ? Probe.firstRequest(nonce, sent)
              : Probe.request(nonce, sent, request.asked.oldest()));
      takeReplies();
    }
    position = targets.isEmpty() ? 0 : position % targets.size();
  }

  /** An unanswered request waits for one minute. */
  private void forgetOld() {
    long now = System.nanoTime();
    open.values().removeIf(request -> now - request.atNanos > TimeUnit.MINUTES.toNanos(1));
  }
}
