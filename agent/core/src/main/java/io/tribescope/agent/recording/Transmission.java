package io.tribescope.agent.recording;

import io.tribescope.agent.recording.channels.ChannelRecord;
import io.tribescope.agent.recording.members.PeerRecord;
import io.tribescope.agent.recording.messages.MessageType;
import io.tribescope.agent.recording.messages.MessagesInFlight;
import io.tribescope.agent.recording.messages.SendFailure;
import io.tribescope.agent.recording.messages.Submission;
import io.tribescope.agent.recording.sessions.ContextRecord;
import io.tribescope.agent.recording.sessions.GivenTransfer;
import io.tribescope.agent.recording.sessions.TransferPart;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One message on its way to its destinations, in one thread. Reused; grows when a message goes to
 * more members than ever before, and never else.
 */
final class Transmission {
  private static final int SMALL_CLUSTER = 8;
  private static final byte PENDING = 0;
  private static final byte WRITTEN = 1;
  private static final byte COMPLETED = 2;
  private static final byte FAILED = 3;

  @Nullable ChannelRecord channel;
  MessageType type = MessageType.OTHER;

  /** What the message does to a session; see {@link MessagesInFlight#put}. */
  long change;

  private long id;
  boolean acknowledged;
  int bytes;
  long startNanos;

  /**
   * Whether it came through the channel, and no part of it has left before. An interceptor may
   * split a message. That a part arrived says nothing of the others, so only the first may speak
   * well of the message, and every one may say that it failed.
   */
  private boolean firstPart;

  private long timestampMillis;

  /** How many destinations there are, of which some may not have come to be recorded. */
  private int expected;

  private int destinations;

  /** Reports begun and finished; one that failed in the midst began and did not finish. */
  private int begun;

  /** A report failed that may not even have begun. */
  private boolean reportLost;

  private int finished;
  private long sentTo;
  private boolean handedOver;
  private PeerRecord[] peers = new PeerRecord[SMALL_CLUSTER];
  private long[] keys = new long[SMALL_CLUSTER];
  private byte[] states = new byte[SMALL_CLUSTER];

  void begin(
      ChannelRecord channel,
      Submission submission,
      long id,
      long timestampMillis,
      boolean acknowledged,
      int bytes,
      long nanos,
      int expected) {
    this.type = submission.type;
    this.change = submission.change;
    this.id = id;
    this.timestampMillis = timestampMillis;
    this.acknowledged = acknowledged;
    this.bytes = bytes;
    this.startNanos = nanos;
    firstPart = submission.first;
    this.expected = expected;
    destinations = 0;
    begun = 0;
    finished = 0;
    reportLost = false;
    sentTo = 0;
    handedOver = false;
    if (change != 0 && type.isChange()) {
      channel.setAcknowledges(acknowledged);
      channel.sessions().stamped(change, timestampMillis);
    }
    this.channel = channel;
  }

  private boolean isChange() {
    return change != 0 && type.isChange();
  }

  /** Whether it reached any destination's connection. */
  boolean handedOver() {
    return handedOver;
  }

  /** Adds a destination by its address: several may share the record of what has none its own. */
  void add(long key, PeerRecord peer) {
    begun++;
    if (destinations == peers.length) {
      peers = Arrays.copyOf(peers, destinations * 2);
      keys = Arrays.copyOf(keys, destinations * 2);
      states = Arrays.copyOf(states, destinations * 2);
    }
    sentTo |= peer.life();
    if (firstPart && isChange() && channel != null) {
      channel.sessions().sending(change, peer.life());
    }
    peers[destinations] = peer;
    keys[destinations] = key;
    states[destinations++] = PENDING;
    finished++;
  }

  void written(long key) {
    begun++;
    int i = find(key, PENDING);
    if (i >= 0) {
      states[i] = WRITTEN;
    }
    finished++;
  }

  void reportLost() {
    reportLost = true;
  }

  /**
   * Counts the message for that peer, once: after a fast restart one address can stand in the view
   * twice, and Tribes then sends to it twice.
   */
  void completed(int stripe, long key) {
    begun++;
    boolean counted = find(key, COMPLETED) >= 0;
    int i = findOpen(key);
    if (i >= 0) {
      states[i] = COMPLETED;
      if (!counted) {
        peers[i].sent(stripe, type, acknowledged, bytes);
        if (firstPart) {
          peers[i].sentTally().completed(timestampMillis, id);
        }
        handedOver(stripe, peers[i]);
      }
    }
    finished++;
  }

  private void handedOver(int stripe, PeerRecord peer) {
    boolean first = !handedOver;
    handedOver = true;
    ChannelRecord record = channel;
    if (!firstPart || change == 0 || record == null) {
      return;
    }
    if (type.isChange()) {
      record.sessions().handedOver(change, peer.life(), acknowledged);
      if (!acknowledged && first) {
        record.changes().add(id, change, timestampMillis / 1000);
      }
    } else if (type == MessageType.STATE_TRANSFER) {
      ContextRecord context = record.contexts().at(TransferPart.context(change));
      if (context != null) {
        context.sessionsSent(stripe, TransferPart.sessions(change));
        GivenTransfer given = context.given(peer);
        if (given != null) {
          given.partHandedOver(timestampMillis / 1000);
        }
      }
    }
  }

  void failed(int stripe, long key, @Nullable Throwable cause) {
    begun++;
    int i = findOpen(key);
    if (i >= 0) {
      fail(stripe, i, SendFailure.of(cause, states[i] == WRITTEN));
    }
    finished++;
  }

  /** What neither completed nor failed by name, once the send has thrown, was not tried. */
  void end(int stripe, boolean thrown) {
    if (reportLost || begun != finished || destinations != expected) {
      abandon();
      return;
    }
    for (int i = 0; i < destinations; i++) {
      if (thrown && states[i] == PENDING) {
        fail(stripe, i, SendFailure.NOT_TRIED);
      } else if (thrown && states[i] == WRITTEN) {
        fail(stripe, i, SendFailure.NO_ACK);
      }
    }
    if (isChange() && channel != null) {
      channel.sessions().sent(change, channel.known() & ~sentTo);
    }
  }

  /** A report failed: it is not known any more where the message went, and who has confirmed it. */
  void abandon() {
    if (isChange() && channel != null) {
      channel.sessions().lostSight(change, channel.known());
    }
  }

  /** It is over, and nothing of it is kept. */
  void clear() {
    destinations = 0;
    channel = null;
    change = 0;
  }

  /** Once for an address, and not where the message reached it through its other entry. */
  private void fail(int stripe, int i, SendFailure reason) {
    long key = keys[i];
    boolean settled = find(key, COMPLETED) >= 0 || find(key, FAILED) >= 0;
    states[i] = FAILED;
    if (!settled) {
      peers[i].failed(stripe, reason);
      if (firstPart && reason.mayHaveArrived()) {
        peers[i].sentTally().doubted(timestampMillis, id);
      }
      missed(peers[i], reason);
    }
  }

  private void missed(PeerRecord peer, SendFailure reason) {
    ChannelRecord record = channel;
    if (change == 0 || record == null) {
      return;
    }
    if (type.isChange()) {
      record.sessions().failed(change, peer.life(), reason.mayHaveArrived());
    } else if (type == MessageType.STATE_TRANSFER) {
      record.sessions().sweep().transferFailed(TransferPart.context(change), peer.life());
      ContextRecord context = record.contexts().at(TransferPart.context(change));
      GivenTransfer given = context == null ? null : context.given(peer);
      if (given != null && firstPart) {
        given.partFailed();
      } else if (given != null) {
        given.fail();
      }
    }
  }

  private int findOpen(long key) {
    int written = find(key, WRITTEN);
    return written >= 0 ? written : find(key, PENDING);
  }

  private int find(long key, byte state) {
    for (int i = 0; i < destinations; i++) {
      if (states[i] == state && keys[i] == key) {
        return i;
      }
    }
    return -1;
  }
}
