package io.tribescope.agent.probe;

import io.tribescope.agent.recording.ChannelRecord;
import io.tribescope.agent.recording.Channels;
import io.tribescope.agent.recording.MemberKey;
import io.tribescope.agent.recording.PeerRecord;
import io.tribescope.agent.recording.ProbeListener;
import io.tribescope.agent.recording.WallClock;
import io.tribescope.agent.tomcat.TribesChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the clocks of the members: a probe to each peer every five seconds, at most eight peers
 * an interval, and an answer to each probe of theirs. One thread does all of it; a peer that cannot
 * be reached delays the others by Tribes' own time-out (3 s), and falsifies nothing.
 */
public final class Prober implements ProbeListener, Runnable {
  private static final Logger logger = LoggerFactory.getLogger(Prober.class);
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long CALIBRATION_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int PEERS_AN_INTERVAL = 8;
  private static final int MISSED_UNTIL_UNKNOWN = 4;
  private static final int INBOX_LIMIT = 256;

  private final Channels channels;
  private final WallClock clock;
  private final boolean asking;
  private final Queue<Mail> inbox = new ConcurrentLinkedQueue<>();
  private final AtomicInteger inboxSize = new AtomicInteger();
  private final Map<Long, Request> open = new HashMap<>();
  private final Thread thread = new Thread(this, "tribescope-probe");
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

  private static final class Request {
    final PeerRecord peer;
    final long life;
    final long sent;
    final long atNanos;
    final long validForNanos;

    Request(PeerRecord peer, long sent, long atNanos, long validForNanos) {
      this.peer = peer;
      this.life = peer.lifeId();
      this.sent = sent;
      this.atNanos = atNanos;
      this.validForNanos = validForNanos;
    }
  }

  private static final class Target {
    final TribesChannel channel;
    final TribesChannel.Member member;
    final PeerRecord peer;

    Target(TribesChannel channel, TribesChannel.Member member, PeerRecord peer) {
      this.channel = channel;
      this.member = member;
      this.peer = peer;
    }
  }

  /**
   * @param asking whether to send probes; those of others are answered only then, too
   */
  public Prober(Channels channels, WallClock clock, boolean asking) {
    this.channels = channels;
    this.clock = clock;
    this.asking = asking;
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
    // A new life may be on another machine, with another clock.
    if (request != null
        && request.peer == mail.peer
        && request.life == mail.peer.lifeId()
        && request.sent == mail.probe.sent) {
      mail.peer
          .clock()
          .accept(
              request.sent,
              mail.probe.peerReceived,
              mail.probe.peerSent,
              mail.receivedNanos,
              System.nanoTime(),
              request.validForNanos);
    }
  }

  private void answer(Mail mail) {
    for (Target target : targets()) {
      if (target.peer == mail.peer) {
        send(target, mail.probe.answer(mail.receivedNanos, clock.nanos()));
        return;
      }
    }
  }

  private void probePeers() {
    List<Target> targets = targets();
    forgetOld();
    int rounds = (targets.size() + PEERS_AN_INTERVAL - 1) / PEERS_AN_INTERVAL;
    long validFor = INTERVAL_NANOS * MISSED_UNTIL_UNKNOWN * Math.max(1, rounds);
    for (int i = 0; i < Math.min(PEERS_AN_INTERVAL, targets.size()); i++) {
      Target target = targets.get(position++ % targets.size());
      long nonce = ThreadLocalRandom.current().nextLong();
      long now = System.nanoTime();
      long sent = clock.nanos();
      open.put(nonce, new Request(target.peer, sent, now, validFor));
      send(target, Probe.request(nonce, sent));
      readInbox();
    }
    position = targets.isEmpty() ? 0 : position % targets.size();
  }

  /** An unanswered request waits for one minute. */
  private void forgetOld() {
    long now = System.nanoTime();
    open.values().removeIf(request -> now - request.atNanos > TimeUnit.MINUTES.toNanos(1));
  }

  /** The members of every channel's view, each address once. */
  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (ChannelRecord record : channels.all()) {
      Object channel = record.channel();
      if (channel == null) {
        continue;
      }
      try {
        TribesChannel tribes = new TribesChannel(channel);
        Map<Long, Target> byAddress = new HashMap<>();
        for (TribesChannel.Member member : tribes.members()) {
          PeerRecord peer = record.member(member.host(), member.port());
          byAddress.put(
              MemberKey.of(member.host(), member.port()), new Target(tribes, member, peer));
        }
        targets.addAll(byAddress.values());
      } catch (ReflectiveOperationException | RuntimeException e) {
        logger.debug("The members of a channel cannot be read", e);
      }
    }
    return targets;
  }

  private static void send(Target target, Probe probe) {
    try {
      target.channel.send(target.member, probe.toBytes());
    } catch (ReflectiveOperationException | RuntimeException e) {
      logger.debug("No clock probe to {}: {}", target.peer.name(), e.toString());
    }
  }
}
