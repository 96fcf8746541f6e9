package io.tribescope.agent.exposition;

import io.tribescope.agent.reads.TimedReads;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of hosts, without waiting for a name server: it can take many seconds over a name.
 * Each name is resolved once, and asked for again only where that failed. For scrapes; not
 * thread-safe.
 */
final class HostAddresses {
  private static final long RETRY_NANOS = TimeUnit.MINUTES.toNanos(1);

  /** Asks a name server. */
  interface Resolver {
    InetAddress resolve(String host) throws UnknownHostException;
  }

  private final Resolver resolver;
  private final TimedReads<String> reads = new TimedReads<>("tribescope-names");

  // An answer that comes after its scrape is there for the next one.
  private final ConcurrentMap<String, InetAddress> resolved = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Long> failedNanos = new ConcurrentHashMap<>();

  HostAddresses() {
    this(InetAddress::getByName);
  }

  HostAddresses(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * Looks up those that are not known yet, and returns after a moment whatever came of it; forgets
   * all others.
   */
  void lookUp(Collection<String> hosts) {
    resolved.keySet().retainAll(hosts);
    failedNanos.keySet().retainAll(hosts);
    Map<String, Callable<Boolean>> unknown = new HashMap<>();
    long now = System.nanoTime();
    for (String host : hosts) {
      Long failed = failedNanos.get(host);
      if (!resolved.containsKey(host) && (failed == null || now - failed >= RETRY_NANOS)) {
        unknown.put(host, () -> resolve(host));
      }
    }
    reads.of(unknown);
  }

  private boolean resolve(String host) {
    try {
      resolved.put(host, resolver.resolve(host));
      failedNanos.remove(host);
      return true;
    } catch (UnknownHostException e) {
      failedNanos.put(host, System.nanoTime());
      return false;
    }
  }

  /** Null while it is not known. */
  @Nullable InetAddress of(String host) {
    return resolved.get(host);
  }

  /** The address, or the name itself where it has none; null while that is not known. */
  @Nullable String text(String host) {
    InetAddress address = resolved.get(host);
    return address != null ? address.getHostAddress() : failedNanos.containsKey(host) ? host : null;
  }
}
