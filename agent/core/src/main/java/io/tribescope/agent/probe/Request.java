package io.tribescope.agent.probe;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.SentTally;
import io.tribescope.agent.recording.receipts.Settlement;

/** A probe that waits for its reply, with what was known when it was sent. Immutable. */
final class Request {
  final ChannelRecord channel;
  final PeerRecord peer;
  final long sent;
  final long atNanos;
  final long validForNanos;
  final SentTally tally;
  final Settlement.Asked asked;
  private final long life;

  Request(Target target, long sent, long atNanos, long validForNanos) {
    this.channel = target.channel;
    this.peer = target.peer;
    this.life = peer.lifeId();
    this.sent = sent;
    this.atNanos = atNanos;
    this.validForNanos = validForNanos;
    this.tally = peer.sentTally();
    this.asked = tally.settlement().ask(sent, atNanos);
  }

  /** A new life may be on another machine, with another clock, and knows of nothing sent before. */
  boolean isAnsweredBy(PeerRecord who, Probe reply) {
    return who == peer && life == peer.lifeId() && sent == reply.sent;
  }
}
