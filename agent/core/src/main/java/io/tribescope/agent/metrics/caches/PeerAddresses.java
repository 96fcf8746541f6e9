package io.tribescope.agent.metrics.caches;

import io.tribescope.agent.reads.HostAddresses;
import io.tribescope.agent.recording.cache.records.PeerHosts;
import org.jspecify.annotations.Nullable;

/**
 * Names a cache's peers by their IP addresses, whatever the configuration calls them: what was sent
 * to a peer and what came from it must bear one label. For scrapes; not thread-safe.
 */
final class PeerAddresses {
  private static final String OTHER = "other";

  private final PeerHosts hosts;
  private final HostAddresses addresses;

  PeerAddresses(PeerHosts hosts, HostAddresses addresses) {
    this.hosts = hosts;
    this.addresses = addresses;
  }

  /**
   * The address; the name itself when it has none, and of what is no host; null while that is not
   * known.
   */
  @Nullable String of(int number) {
    String transport = PeerHosts.transport(number);
    if (transport != null) {
      return transport;
    }
    String host = hosts.host(number);
    return host == null ? OTHER : addresses.text(host);
  }
}
