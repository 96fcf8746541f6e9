package io.tribescope.testbed.caches;

import io.tribescope.testbed.network.Host;
import io.tribescope.testbed.nodes.JvmSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one JVM with caches is to be, while its {@link Caches} are being described. */
public final class CacheNodeSpec extends JvmSpec<CacheNodeSpec> {
  private static final int FIRST_PORT = 40_001;

  private final int httpPort;
  private final int multicastPort;
  private final List<CacheNodeSpec> all;
  private final Map<String, Integer> ports = new LinkedHashMap<>();
  private int heartbeatMillis;

  /**
   * Makes one.
   *
   * @param all of its caches, a list to which it is added
   */
  CacheNodeSpec(int number, Host host, int multicastPort, List<CacheNodeSpec> all) {
    super(number, host);
    this.httpPort = host.port(8080);
    this.multicastPort = multicastPort;
    this.all = all;
    all.add(this);
  }

  @Override
  protected CacheNodeSpec self() {
    return this;
  }

  /** All nodes. */
  List<CacheNodeSpec> all() {
    return all;
  }

  /** The other nodes. */
  public List<CacheNodeSpec> others() {
    return all.stream().filter(other -> other != this).toList();
  }

  /**
   * A port of this node that nothing else has, the same for the same purpose. In a namespace these
   * are 40001, 40002 and so on, in the order they were first asked for.
   */
  public int port(String purpose) {
    return ports.computeIfAbsent(purpose, unknown -> host().port(FIRST_PORT + ports.size()));
  }

  /** The UDP port of the multicast group, which is that of these nodes alone. */
  public int multicastPort() {
    return multicastPort;
  }

  /**
   * The interval of the multicast heartbeats, in place of Ehcache's 5 s. A peer is forgotten 100 ms
   * after the second one that it left out.
   *
   * @param millis 1000 at least
   */
  public CacheNodeSpec heartbeat(int millis) {
    this.heartbeatMillis = millis;
    return this;
  }

  int httpPort() {
    return httpPort;
  }

  /** 0 for Ehcache's own. */
  int heartbeatMillis() {
    return heartbeatMillis;
  }
}
