package io.tribescope.agent.recording;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.channels.ReceiptListener;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.receipts.SentTally;
import io.tribescope.agent.recording.receipts.SentTally.State;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.GivenTransfer;

/** Takes over into the sessions what a peer's receipts say of the messages that were sent to it. */
final class ReceiptRecording implements ReceiptListener {
  @Override
  public void receipts(ChannelRecord channel, PeerRecord peer) {
    long life = peer.life();
    if (life == 0) {
      return;
    }
    SentTally tally = peer.sentTally();
    // What was never acknowledged in time is among what arrived only where all has.
    channel
        .sessions()
        .sweep()
        .receipts(
            life,
            (second, doubtful) ->
                tally.state(second) == State.CONFIRMED
                    && (!doubtful || tally.doubtfulArrived(second)));
    tally.takeMissing(second -> missing(channel, peer, tally, second));
    for (ContextRecord context : channel.contextRecords()) {
      GivenTransfer given = context.given(peer);
      if (given != null
          && given.life == life
          && given.hasArrived(second -> arrived(tally, second))) {
        channel.sessions().sweep().transferArrived(context.index(), life, given.beganNanos);
        context.givenArrived(peer, given);
      }
    }
    channel.decideFailovers(System.nanoTime());
  }

  /** A second in which nothing was sent leaves nothing to arrive. */
  private static boolean arrived(SentTally tally, long second) {
    return tally.state(second) == State.CONFIRMED || !tally.holds(second);
  }

  /** Where it is not known which messages of a second are missing, it may be any of them. */
  private static void missing(
      ChannelRecord channel, PeerRecord peer, SentTally tally, long second) {
    long life = peer.life();
    boolean all = tally.allMissing(second);
    long one = tally.missingId(second);
    boolean[] isChange = new boolean[1];
    channel
        .changes()
        .visit(
            second,
            (id, change) -> {
              isChange[0] |= one == id;
              if (all || one == 0 || one == id) {
                channel.sessions().failed(change, life, !all && one == 0);
              }
            });
    if (!isChange[0]) {
      transferMissing(channel, peer, second);
    }
  }

  /** What is missing is, or may be, a part of a transfer. */
  private static void transferMissing(ChannelRecord channel, PeerRecord peer, long second) {
    for (ContextRecord context : channel.contextRecords()) {
      GivenTransfer given = context.given(peer);
      if (given != null
          && given.life == peer.life()
          && !given.hasFailed()
          && given.covers(second)) {
        given.fail();
        channel.sessions().sweep().transferFailed(context.index(), given.life);
      }
    }
  }
}
