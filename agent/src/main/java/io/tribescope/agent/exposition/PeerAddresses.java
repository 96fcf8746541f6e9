package io.tribescope.agent.exposition;

import io.tribescope.agent.recording.cache.PeerHosts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Names a cache's peers by their IP addresses, whatever the configuration calls them: what was sent
 * to a peer and what came from it must bear one label. Resolves a name once, and asks again only
 * where that failed. For scrapes; not thread-safe.
 */
final class PeerAddresses {
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final String OTHER = "other";

  private final PeerHosts hosts;
  private final Map<Integer, String> resolved = new HashMap<>();
  private final Map<Integer, Long> failedNanos = new HashMap<>();

  PeerAddresses(PeerHosts hosts) {
    this.hosts = hosts;
  }

  /** The address; the name itself while it cannot be resolved, and of what is no host. */
  String of(int number) {
    String transport = PeerHosts.transport(number);
    if (transport != null) {
      return transport;
    }
    String host = hosts.host(number);
    if (host == null) {
      return OTHER;
    }
    String known = resolved.get(number);
    if (known == null) {
      known = resolve(number, host);
    }
    return known;
  }

  private String resolve(int number, String host) {
    @Nullable Long failed = failedNanos.get(number);
    long now = System.nanoTime();
    if (failed != null && now - failed < RETRY_NANOS) {
      return host;
    }
    try {
      String address = InetAddress.getByName(host).getHostAddress();
      resolved.put(number, address);
      return address;
    } catch (UnknownHostException e) {
      failedNanos.put(number, now);
      return host;
    }
  }
}
