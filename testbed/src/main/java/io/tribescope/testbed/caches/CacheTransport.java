package io.tribescope.testbed.caches;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a {@link CacheConfiguration} replicates over in place of RMI.
 *
 * @param library the directory of its jars
 * @param replicator the class of its factory of replicators
 * @param provider the element that joins a node to the others
 * @param flags of the JVM
 */
public record CacheTransport(
    String library,
    String replicator,
    Function<CacheNodeSpec, String> provider,
    List<String> flags) {
  /** Over RMI the defaults; here some of them are others. */
  static final Map<String, String> REPLICATION =
      Map.of(
          "replicatePuts", "true",
          "replicateUpdates", "true",
          "replicateUpdatesViaCopy", "true",
          "replicateRemovals", "true");

  private static final String PROVIDER = "cacheManagerPeerProviderFactory";
  private static final String PACKAGE = "net.sf.ehcache.distribution.";

  /** A topic of a broker. */
  public static CacheTransport jms(Broker broker) {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(
        "initialContextFactoryName", "org.apache.activemq.jndi.ActiveMQInitialContextFactory");
    properties.put("providerURL", broker.url());
    properties.put("replicationTopicConnectionFactoryBindingName", "TopicConnectionFactory");
    properties.put("replicationTopicBindingName", "dynamicTopics/caches");
    properties.put("getQueueConnectionFactoryBindingName", "QueueConnectionFactory");
    properties.put("getQueueBindingName", "dynamicQueues/caches");
    String provider =
        CacheXml.factory(PROVIDER, PACKAGE + "jms.JMSCacheManagerPeerProviderFactory", properties);
    return new CacheTransport(
        "jms",
        PACKAGE + "jms.JMSCacheReplicatorFactory",
        node -> provider,
        // The client reads no object's class but those that it was told to trust.
        List.of("-Dorg.apache.activemq.SERIALIZABLE_PACKAGES=*"));
  }

  /**
   * A group of all nodes, over TCP. The first node is to be up before another one starts, and stays
   * the one that can be alone: the others wait for the group, since two groups never become one.
   */
  public static CacheTransport jgroups() {
    return new CacheTransport(
        "jgroups",
        PACKAGE + "jgroups.JGroupsCacheReplicatorFactory",
        node ->
            // One property, which holds the commas that separate several.
            "  <%s%s%s propertySeparator=\"::\"/>\n"
                .formatted(
                    PROVIDER,
                    CacheXml.attribute(
                        "class", PACKAGE + "jgroups.JGroupsCacheManagerPeerProviderFactory"),
                    CacheXml.attribute("properties", "connect=" + stack(node))),
        List.of());
  }

  private static String stack(CacheNodeSpec node) {
    String all =
        node.all().stream()
            .map(each -> each.address() + "[" + each.port("group") + "]")
            .collect(Collectors.joining(","));
    // On a busy machine half a second was not always enough for an answer, which ends the wait.
    int patience = node.number() == 1 ? 500 : 20_000;
    return ("TCP(bind_addr=%s;bind_port=%d;port_range=0):"
            + "TCPPING(initial_hosts=%s;port_range=0;num_initial_members=2;timeout=%d):"
            + "FD_SOCK:VERIFY_SUSPECT(timeout=500):pbcast.NAKACK(use_mcast_xmit=false):UNICAST2:pbcast.STABLE:"
            + "pbcast.GMS(join_timeout=2000):MFC:FRAG2")
        .formatted(node.address(), node.port("group"), all, patience);
  }
}
