package io.tribescope.agent.probe;

import io.tribescope.agent.bridge.ProbeFormat;
import io.tribescope.agent.recording.receipts.Receipts;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One probe on the wire, big endian. Magic (4), version (1), kind (1), the newest version that the
 * sender knows (2; 0 for 1), nonce (8), then four timestamps of NTP's exchange less the last, in
 * nanoseconds since the epoch (8 each: sent, received by the peer, answered by the peer). Then
 *
 * <ul>
 *   <li>version 1: zero (8);
 *   <li>a request of version 2: the oldest second of which receipts are wanted (8);
 *   <li>a reply of version 2: the last second that the receipts speak of (8), how long the asker's
 *       messages have been recorded (8, nanoseconds), the hash of the answerer's jvmRoute (8), and
 *       up to 64 receipts, the oldest first: second (8), count (4), sum of the ids' hashes (8).
 * </ul>
 *
 * Immutable.
 */
final class Probe {
  private static final byte FIRST = 1;
  private static final byte SECOND = 2;
  private static final byte REQUEST = 1;
  private static final byte REPLY = 2;

  final boolean reply;
  final long nonce;
  final long sent;
  final long peerReceived;
  final long peerSent;

  private final byte version;
  private final short knows;

  /** Of a request of version 2. */
  final long oldest;

  /** Of a reply of version 2; null in all others. */
  final @Nullable Receipts receipts;

  final long routeHash;

  private Probe(
      byte version,
      short knows,
      boolean reply,
      long nonce,
      long sent,
      long peerReceived,
      long peerSent,
      long oldest,
      @Nullable Receipts receipts,
      long routeHash) {
    this.version = version;
    this.knows = knows;
    this.reply = reply;
    this.nonce = nonce;
    this.sent = sent;
    this.peerReceived = peerReceived;
    this.peerSent = peerSent;
    this.oldest = oldest;
    this.receipts = receipts;
    this.routeHash = routeHash;
  }

  static Probe request(long nonce, long sent, long oldest) {
    return new Probe(SECOND, SECOND, false, nonce, sent, 0, 0, oldest, null, 0);
  }

  /** For a peer that knows version 1 alone: its clock, and no receipts. */
  static Probe firstRequest(long nonce, long sent) {
    return new Probe(FIRST, SECOND, false, nonce, sent, 0, 0, 0, null, 0);
  }

  /** In the version of this request. */
  Probe answer(long received, long answered, Receipts receipts, long routeHash) {
    return wantsReceipts()
        ? new Probe(SECOND, SECOND, true, nonce, sent, received, answered, 0, receipts, routeHash)
        : new Probe(FIRST, SECOND, true, nonce, sent, received, answered, 0, null, 0);
  }

  boolean wantsReceipts() {
    return !reply && version == SECOND;
  }

  /** Whether its sender knows no newer version. */
  boolean isOfFirstVersionAlone() {
    return version == FIRST && knows < SECOND;
  }

  byte[] toBytes() {
    int length =
        receipts == null
            ? ProbeFormat.SHORTEST
            : ProbeFormat.REPLY_HEAD + receipts.size() * ProbeFormat.RECEIPT;
    ByteBuffer buffer =
        ByteBuffer.allocate(length)
            .putInt(ProbeFormat.MAGIC)
            .put(version)
            .put(reply ? REPLY : REQUEST)
            .putShort(knows)
            .putLong(nonce)
            .putLong(sent)
            .putLong(peerReceived)
            .putLong(peerSent);
    if (receipts == null) {
      return buffer.putLong(oldest).array();
    }
    buffer.putLong(receipts.through()).putLong(receipts.recordedForNanos()).putLong(routeHash);
    for (int i = 0; i < receipts.size(); i++) {
      buffer.putLong(receipts.second(i)).putInt(receipts.count(i)).putLong(receipts.sum(i));
    }
    return buffer.array();
  }

  /** Null when the bytes, which anyone on the cluster's network can send, are not a probe. */
  static @Nullable Probe parse(byte[] bytes) {
    if (bytes.length < ProbeFormat.SHORTEST || bytes.length > ProbeFormat.LONGEST) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt() != ProbeFormat.MAGIC) {
      return null;
    }
    byte version = buffer.get();
    byte kind = buffer.get();
    boolean reply = kind == REPLY;
    if ((version != FIRST && version != SECOND) || (kind != REQUEST && !reply)) {
      return null;
    }
    short knows = buffer.getShort();
    long nonce = buffer.getLong();
    long sent = buffer.getLong();
    long peerReceived = buffer.getLong();
    long peerSent = buffer.getLong();
    long last = buffer.getLong();
    if (version == FIRST || !reply) {
      return buffer.hasRemaining()
          ? null
          : new Probe(version, knows, reply, nonce, sent, peerReceived, peerSent, last, null, 0);
    }
    int rest = bytes.length - ProbeFormat.REPLY_HEAD;
    if (rest < 0 || rest % ProbeFormat.RECEIPT != 0) {
      return null;
    }
    long recordedFor = buffer.getLong();
    long routeHash = buffer.getLong();
    Receipts receipts = receipts(buffer, last, recordedFor);
    return receipts == null
        ? null
        : new Probe(
            version, knows, true, nonce, sent, peerReceived, peerSent, 0, receipts, routeHash);
  }

  private static @Nullable Receipts receipts(ByteBuffer buffer, long through, long recordedFor) {
    Receipts.Builder receipts = new Receipts.Builder(recordedFor);
    while (buffer.hasRemaining()) {
      if (!receipts.add(buffer.getLong(), buffer.getInt(), buffer.getLong())) {
        return null;
      }
    }
    receipts.through(through);
    return receipts.buildChecked();
  }
}
