package io.tribescope.testbed.caches;

import io.tribescope.testbed.nodes.JvmSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A replicated CacheManager, as an {@code ehcache.xml} of every node: at first with manual
 * discovery of all others' caches, a listener and remote objects at ports of its own, and a {@code
 * socketTimeoutMillis} of 3000.
 *
 * <pre>{@code
 * CacheConfiguration.of("shop").multicast()
 *     .cache(CacheSpec.named("prices").asynchronous(1000).bootstrap(false))
 * }</pre>
 */
public final class CacheConfiguration {
  private static final String DISCOVERY = "cacheManagerPeerProviderFactory";
  private static final String LISTENING = "cacheManagerPeerListenerFactory";
  private static final String PROVIDER =
      "net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory";
  private static final String LISTENER =
      "net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory";

  private final String manager;
  private final List<CacheSpec> caches = new ArrayList<>();
  private Function<CacheNodeSpec, Map<String, String>> discovery = this::manual;
  private ToIntFunction<CacheNodeSpec> port;
  private @Nullable ToIntFunction<CacheNodeSpec> objectPort;
  private @Nullable Function<CacheNodeSpec, String> hostName = JvmSpec::address;
  private String socketTimeoutMillis = "3000";
  private boolean distributed = true;
  private boolean named = true;
  private @Nullable CacheTransport transport;
  private String more = "";

  private CacheConfiguration(String manager) {
    this.manager = manager;
    this.port = node -> node.port(manager);
    this.objectPort = node -> node.port(manager + " objects");
  }

  /** Describes the manager of that name. */
  public static CacheConfiguration of(String manager) {
    return new CacheConfiguration(manager);
  }

  /** Adds a cache. */
  public CacheConfiguration cache(CacheSpec cache) {
    caches.add(cache);
    return this;
  }

  /** Discovers the others by the multicast group 228.0.0.1 at a port that these nodes have. */
  public CacheConfiguration multicast() {
    this.discovery = CacheConfiguration::multicast;
    return this;
  }

  /**
   * Discovers the others manually, by these URLs in place of those of all caches on all others.
   *
   * @param urls such as {@code //198.18.0.12:40001/prices}
   */
  public CacheConfiguration manual(Function<CacheNodeSpec, List<String>> urls) {
    this.discovery = node -> manual(urls.apply(node));
    return this;
  }

  /** Discovers the others by properties of the test's own. */
  public CacheConfiguration discovery(Function<CacheNodeSpec, Map<String, String>> properties) {
    this.discovery = properties;
    return this;
  }

  /** Puts the listener at a port of the test's choice. */
  public CacheConfiguration port(ToIntFunction<CacheNodeSpec> choice) {
    this.port = choice;
    return this;
  }

  /** Puts the remote objects at a port of the test's choice; 0 is any. */
  public CacheConfiguration objectPort(ToIntFunction<CacheNodeSpec> choice) {
    this.objectPort = choice;
    return this;
  }

  /** Leaves out {@code remoteObjectPort}. */
  public CacheConfiguration withoutObjectPort() {
    this.objectPort = null;
    return this;
  }

  /** Lets the listener announce another address than the node's. */
  public CacheConfiguration hostName(Function<CacheNodeSpec, String> name) {
    this.hostName = name;
    return this;
  }

  /** Leaves out {@code hostName}, so that Ehcache asks for the local host's name. */
  public CacheConfiguration withoutHostName() {
    this.hostName = null;
    return this;
  }

  /** The listener's timeout of its peers' reads. */
  public CacheConfiguration socketTimeoutMillis(int millis) {
    this.socketTimeoutMillis = Integer.toString(millis);
    return this;
  }

  /** Replicates over something else than RMI. */
  public CacheConfiguration over(CacheTransport other) {
    this.transport = other;
    return undistributed();
  }

  @Nullable CacheTransport transport() {
    return transport;
  }

  /** Leaves out both discovery and listener: no node knows of another. */
  public CacheConfiguration undistributed() {
    this.distributed = false;
    return this;
  }

  /** Adds XML within {@code <ehcache>}, before the caches. */
  public CacheConfiguration xml(String elements) {
    more += elements;
    return this;
  }

  String manager() {
    return manager;
  }

  /** Leaves out the manager's name, which Ehcache 1.6 does not know. */
  CacheConfiguration withoutName() {
    this.named = false;
    return this;
  }

  /** The ehcache.xml of a node. */
  String render(CacheNodeSpec node) {
    StringBuilder xml = new StringBuilder("<ehcache");
    xml.append(named ? CacheXml.attribute("name", manager) : "").append(">\n");
    if (distributed) {
      xml.append("  ").append(CacheXml.factory(DISCOVERY, PROVIDER, discovery.apply(node)));
      xml.append("  ").append(CacheXml.factory(LISTENING, LISTENER, listener(node)));
    }
    xml.append(transport == null ? "" : transport.provider().apply(node));
    xml.append(more);
    xml.append("  <defaultCache maxElementsInMemory=\"10000\" eternal=\"true\"");
    xml.append(" overflowToDisk=\"false\"/>\n");
    for (CacheSpec cache : caches) {
      xml.append(transport == null ? cache.render() : cache.render(transport));
    }
    return xml.append("</ehcache>\n").toString();
  }

  private Map<String, String> listener(CacheNodeSpec node) {
    Map<String, String> properties = new LinkedHashMap<>();
    if (hostName != null) {
      properties.put("hostName", hostName.apply(node));
    }
    properties.put("port", Integer.toString(port.applyAsInt(node)));
    if (objectPort != null) {
      properties.put("remoteObjectPort", Integer.toString(objectPort.applyAsInt(node)));
    }
    properties.put("socketTimeoutMillis", socketTimeoutMillis);
    return properties;
  }

  private Map<String, String> manual(CacheNodeSpec node) {
    List<String> urls = new ArrayList<>();
    for (CacheNodeSpec other : node.others()) {
      for (CacheSpec cache : caches) {
        urls.add("//%s:%d/%s".formatted(other.address(), port.applyAsInt(other), cache.name()));
      }
    }
    return manual(urls);
  }

  private static Map<String, String> manual(List<String> urls) {
    return Map.of(
        "peerDiscovery", "manual", "rmiUrls", urls.stream().collect(Collectors.joining("|")));
  }

  private static Map<String, String> multicast(CacheNodeSpec node) {
    return Map.of(
        "peerDiscovery", "automatic",
        "multicastGroupAddress", "228.0.0.1",
        "multicastGroupPort", Integer.toString(node.multicastPort()),
        "timeToLive", "1",
        // Of the interface to send by.
        "hostName", node.address());
  }
}
