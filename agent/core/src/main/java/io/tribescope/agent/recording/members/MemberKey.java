package io.tribescope.agent.recording.members;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A member's announced address as one primitive. IPv4 with its port is exact; IPv6 is a 63-bit hash
 * of address and port, marked by the sign.
 */
public final class MemberKey {
  private MemberKey() {}

  /** Never 0 for a real address. */
  public static long of(byte[] host, int port) {
    if (host.length == 4) {
      return ((host[0] & 0xFFL) << 40)
          | ((host[1] & 0xFFL) << 32)
          | ((host[2] & 0xFFL) << 24)
          | ((host[3] & 0xFFL) << 16)
          | (port & 0xFFFFL);
    }
    long hash = port;
    for (byte b : host) {
      hash = mix(hash * 31 + b);
    }
    return hash | Long.MIN_VALUE;
  }

  /** The 16 bytes of a message's or a member's unique id, as 64 bits. Never 0. */
  public static long ofUniqueId(byte[] id) {
    long first = 0;
    long second = 0;
    for (int i = 0; i < id.length; i++) {
      if (i < 8) {
        first = (first << 8) | (id[i] & 0xFF);
      } else {
        second = (second << 8) | (id[i] & 0xFF);
      }
    }
    long hash = mix(first ^ (Long.rotateLeft(second, 32) * 0x9E3779B97F4A7C15L));
    return hash == 0 ? 1 : hash;
  }

  /** {@code host:port}, dotted and unsigned; IPv6 in brackets. */
  public static String name(byte[] host, int port) {
    try {
      String address = InetAddress.getByAddress(host).getHostAddress();
      return (host.length == 4 ? address : "[" + address + "]") + ":" + port;
    } catch (UnknownHostException e) {
      return "unknown:" + port;
    }
  }

  /** The finalizer of MurmurHash3. */
  public static long mix(long value) {
    long v = (value ^ (value >>> 33)) * 0xFF51AFD7ED558CCDL;
    v = (v ^ (v >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return v ^ (v >>> 33);
  }
}
