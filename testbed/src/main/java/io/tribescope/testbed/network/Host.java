package io.tribescope.testbed.network;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host of the bed's network: an address, and the namespace it is in.
 *
 * @param namespace null on loopback
 */
public record Host(String address, @Nullable String namespace) {
  /** What a command line begins with to run on this host. */
  public List<String> enter() {
    return namespace == null ? List.of() : List.of("ip", "netns", "exec", namespace);
  }

  /**
   * The wanted port in a namespace, where every port is free for servers that clients do not get,
   * or a free one on loopback.
   */
  public int port(int wanted) {
    if (wanted >= Ports.CLIENTS.first() && wanted <= Ports.CLIENTS.last()) {
      throw new IllegalArgumentException("a client may have port " + wanted);
    }
    return namespace == null ? Ports.free() : wanted;
  }
}
