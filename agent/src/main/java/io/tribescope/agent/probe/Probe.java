package io.tribescope.agent.probe;

import io.tribescope.agent.bridge.ProbeFormat;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One clock probe on the wire: 48 bytes, big endian. Magic (4), version (1), kind (1), zero (2),
 * nonce (8), then four timestamps of NTP's exchange less the last, in nanoseconds since the epoch
 * (8 each: sent, received by the peer, answered by the peer), and zero (8). Immutable.
 */
final class Probe {
  private static final int MAGIC = 0x54534350; // "TSCP"
  private static final byte VERSION = 1;
  private static final byte REQUEST = 1;
  private static final byte REPLY = 2;

  final boolean reply;
  final long nonce;
  final long sent;
  final long peerReceived;
  final long peerSent;

  private Probe(boolean reply, long nonce, long sent, long peerReceived, long peerSent) {
    this.reply = reply;
    this.nonce = nonce;
    this.sent = sent;
    this.peerReceived = peerReceived;
    this.peerSent = peerSent;
  }

  static Probe request(long nonce, long sent) {
    return new Probe(false, nonce, sent, 0, 0);
  }

  Probe answer(long received, long answered) {
    return new Probe(true, nonce, sent, received, answered);
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(ProbeFormat.LENGTH)
        .putInt(MAGIC)
        .put(VERSION)
        .put(reply ? REPLY : REQUEST)
        .putShort((short) 0)
        .putLong(nonce)
        .putLong(sent)
        .putLong(peerReceived)
        .putLong(peerSent)
        .putLong(0)
        .array();
  }

  /** Null when the bytes, which anyone on the cluster's network can send, are not a probe. */
  static @Nullable Probe parse(byte[] bytes) {
    if (bytes.length != ProbeFormat.LENGTH) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt() != MAGIC || buffer.get() != VERSION) {
      return null;
    }
    byte kind = buffer.get();
    if (kind != REQUEST && kind != REPLY) {
      return null;
    }
    buffer.getShort();
    return new Probe(
        kind == REPLY, buffer.getLong(), buffer.getLong(), buffer.getLong(), buffer.getLong());
  }
}
