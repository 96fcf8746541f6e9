package io.tribescope.testbed.caches;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One cache of a {@link CacheConfiguration}: at first of 10,000 elements, eternal and in memory,
 * every change replicated by copy and synchronously, not bootstrapped.
 */
public final class CacheSpec {
  private static final String REPLICATOR = "net.sf.ehcache.distribution.RMICacheReplicatorFactory";

  private static final String BOOTSTRAP =
      "net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory";

  private final String name;
  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, String> replication = new LinkedHashMap<>();
  private final Map<String, String> bootstrap = new LinkedHashMap<>();
  private boolean replicated = true;
  private String more = "";

  private CacheSpec(String name) {
    this.name = name;
    attribute("maxElementsInMemory", "10000");
    attribute("eternal", "true");
    attribute("overflowToDisk", "false");
    replication("replicateAsynchronously", "false");
  }

  /** Describes a cache of that name. */
  public static CacheSpec named(String name) {
    return new CacheSpec(name);
  }

  /** Sets an attribute of {@code <cache>}. */
  public CacheSpec attribute(String attribute, String value) {
    attributes.put(attribute, value);
    return this;
  }

  /** Replicates asynchronously, at that interval. */
  public CacheSpec asynchronous(int intervalMillis) {
    return replication("replicateAsynchronously", "true")
        .replication("asynchronousReplicationIntervalMillis", Integer.toString(intervalMillis));
  }

  /** Replicates puts and updates as removals of the key: the others must not hold what is stale. */
  public CacheSpec invalidating() {
    return replication("replicatePutsViaCopy", "false")
        .replication("replicateUpdatesViaCopy", "false");
  }

  /**
   * Sets a property of the replicator.
   *
   * @param property such as {@code replicatePuts}, {@code replicateUpdatesViaCopy}, {@code
   *     asynchronousReplicationMaximumBatchSize}
   */
  public CacheSpec replication(String property, String value) {
    replication.put(property, value);
    return this;
  }

  /** Leaves out the replicator. The cache is a peer's all the same, as every one of a manager. */
  public CacheSpec unreplicated() {
    this.replicated = false;
    return this;
  }

  /** Fetches at the start what a peer holds, while the manager waits or in the background. */
  public CacheSpec bootstrap(boolean asynchronously) {
    return bootstrap("bootstrapAsynchronously", Boolean.toString(asynchronously));
  }

  /** Sets a property of the bootstrap, such as {@code maximumChunkSizeBytes}. */
  public CacheSpec bootstrap(String property, String value) {
    bootstrap.put(property, value);
    return this;
  }

  /** Adds XML within {@code <cache>}. */
  public CacheSpec xml(String elements) {
    more += elements;
    return this;
  }

  String name() {
    return name;
  }

  /** The element {@code <cache>}. */
  String render() {
    return render(REPLICATOR, replication);
  }

  /** The element {@code <cache>} where it is replicated over something else than RMI. */
  String render(CacheTransport transport) {
    Map<String, String> properties = new TreeMap<>(CacheTransport.REPLICATION);
    properties.putAll(replication);
    return render(transport.replicator(), properties);
  }

  private String render(String replicator, Map<String, String> properties) {
    StringBuilder xml = new StringBuilder("  <cache").append(CacheXml.attribute("name", name));
    attributes.forEach((attribute, value) -> xml.append(CacheXml.attribute(attribute, value)));
    xml.append(">\n");
    if (replicated) {
      xml.append("    ")
          .append(CacheXml.factory("cacheEventListenerFactory", replicator, properties));
    }
    if (!bootstrap.isEmpty()) {
      xml.append("    ")
          .append(CacheXml.factory("bootstrapCacheLoaderFactory", BOOTSTRAP, bootstrap));
    }
    return xml.append(more).append("  </cache>\n").toString();
  }
}
