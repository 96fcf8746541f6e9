package io.tribescope.system.caches;

import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Node;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import org.jspecify.annotations.Nullable;

/**
 * An application with the cache managers that files of its Tomcat describe. Its nested classes are
 * run one after the other, within it; what has been sent meanwhile nobody else holds, so that no
 * collection can take it from a queue. A manager named {@code desk} only listens.
 */
public final class ConfiguredCaches {
  private static final String FACTORIES = "net.sf.ehcache.distribution.";
  private static final Map<String, CacheManager> MANAGERS = new TreeMap<>();

  private ConfiguredCaches() {}

  /** Puts what an application calls here, and this class, into it. */
  static ClusterBuilder in(ClusterBuilder application) {
    return application
        .webappClass(ConfiguredCaches.class)
        .webappClass(Start.class)
        .webappClass(Put.class)
        .webappClass(Change.class)
        .webappClass(Clear.class)
        .webappClass(Keys.class)
        .webappClass(Stop.class);
  }

  /** Has the node's applications make that manager, each its own. */
  static void add(Node node, String manager, String provider, String... caches) throws IOException {
    Files.writeString(
        node.base().resolve("conf/caches-" + manager + ".xml"),
        "<ehcache name='%s'>%s%s</ehcache>".formatted(manager, provider, String.join("", caches)));
  }

  /**
   * Joins a group of two over TCP.
   *
   * @param self {@code address[port]}
   * @param other that is to be up already; null for the first one of the group
   */
  static String group(String self, @Nullable String other) {
    String[] own = self.split("[\\[\\]]", -1);
    return ("<cacheManagerPeerProviderFactory propertySeparator='::' class='%s' properties='connect="
            + "TCP(bind_addr=%s;bind_port=%s;port_range=0)"
            // The answer of the group's first one ends the wait.
            + ":TCPPING(initial_hosts=%s;port_range=0;num_initial_members=%d;timeout=%d)"
            + ":pbcast.NAKACK(use_mcast_xmit=false):UNICAST2:pbcast.STABLE"
            + ":pbcast.GMS(join_timeout=2000)::channelName=caches'/>")
        .formatted(
            FACTORIES + "jgroups.JGroupsCacheManagerPeerProviderFactory",
            own[0],
            own[1],
            other == null ? self : other + "," + self,
            other == null ? 1 : 2,
            other == null ? 1 : 20_000);
  }

  /** Joins a topic of ActiveMQ. */
  static String topic(String url) {
    return ("<cacheManagerPeerProviderFactory class='%s' properties='"
            + "initialContextFactoryName=org.apache.activemq.jndi.ActiveMQInitialContextFactory,"
            + "providerURL=%s,"
            + "replicationTopicConnectionFactoryBindingName=TopicConnectionFactory,"
            + "replicationTopicBindingName=dynamicTopics/caches,"
            + "getQueueConnectionFactoryBindingName=QueueConnectionFactory,"
            + "getQueueBindingName=dynamicQueues/caches'/>")
        .formatted(FACTORIES + "jms.JMSCacheManagerPeerProviderFactory", url);
  }

  /** A cache that sends its changes every so many milliseconds; 0 for at once. */
  static String cache(String name, String replicator, int interval) {
    return ("<cache name='%s' maxEntriesLocalHeap='100' eternal='true'>"
            + "<cacheEventListenerFactory class='%s' properties='replicateAsynchronously=%s,"
            + "asynchronousReplicationIntervalMillis=%d,replicatePuts=true,replicateUpdates=true,"
            + "replicateUpdatesViaCopy=true,replicateRemovals=true'/></cache>")
        .formatted(name, FACTORIES + replicator, interval > 0, Math.max(interval, 1));
  }

  /** Starts them all, in the order of their names. */
  public static final class Start implements Callable<String> {
    @Override
    public String call() throws IOException {
      Path directory = Path.of(System.getProperty("catalina.base"), "conf");
      Set<Path> files = new TreeSet<>();
      try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, "caches-*.xml")) {
        found.forEach(files::add);
      }
      for (Path file : files) {
        CacheManager manager = new CacheManager(file.toString());
        MANAGERS.put(manager.getName(), manager);
      }
      return String.join(" ", MANAGERS.keySet());
    }
  }

  /** Puts three elements into each cache. */
  public static final class Put implements Callable<String> {
    @Override
    public String call() {
      for (Ehcache cache : changing()) {
        for (int i = 0; i < 3; i++) {
          cache.put(new Element("k" + i, "v"));
        }
      }
      return "";
    }
  }

  /** Changes one, removes one, and puts one that cannot be sent. */
  public static final class Change implements Callable<String> {
    @Override
    public String call() {
      for (Ehcache cache : changing()) {
        cache.put(new Element("unsent", new Object()));
        cache.put(new Element("k0", "again"));
        cache.remove("k2");
      }
      return "";
    }
  }

  /** Empties each and puts one more. */
  public static final class Clear implements Callable<String> {
    @Override
    public String call() {
      for (Ehcache cache : changing()) {
        cache.removeAll();
        cache.put(new Element("last", "v"));
      }
      return "";
    }
  }

  /** The keys that are held, of each cache of each manager. */
  public static final class Keys implements Callable<String> {
    @Override
    public String call() {
      List<String> all = new ArrayList<>();
      for (CacheManager manager : MANAGERS.values()) {
        for (String name : new TreeSet<>(List.of(manager.getCacheNames()))) {
          all.add(manager.getName() + " " + name + " " + keys(manager.getEhcache(name)));
        }
      }
      return String.join(", ", all);
    }

    private static Set<String> keys(Ehcache cache) {
      Set<String> keys = new TreeSet<>();
      for (Object key : cache.getKeys()) {
        keys.add(key.toString());
      }
      return keys;
    }
  }

  /** Ends them all, the last one first. */
  public static final class Stop implements Callable<String> {
    @Override
    public String call() {
      letThreadGroupsEnd();
      List<CacheManager> all = new ArrayList<>(MANAGERS.values());
      for (int i = all.size() - 1; i >= 0; i--) {
        all.get(i).shutdown();
      }
      return "";
    }

    /**
     * JGroups makes thread groups of a class of its own and leaves them behind. Up to Java 18 a
     * group holds those within it until they are destroyed, as one that is daemon is with its last
     * thread: without that JGroups alone would keep each of the application's loaders.
     */
    @SuppressWarnings("removal")
    private static void letThreadGroupsEnd() {
      ThreadGroup root = Thread.currentThread().getThreadGroup();
      while (root.getParent() != null) {
        root = root.getParent();
      }
      ThreadGroup[] groups = new ThreadGroup[root.activeGroupCount() + 10];
      for (int i = root.enumerate(groups) - 1; i >= 0; i--) {
        if (groups[i].getClass().getName().startsWith("org.jgroups.")
            || groups[i].getParent().getClass().getName().startsWith("org.jgroups.")) {
          groups[i].setDaemon(true);
        }
      }
    }
  }

  private static List<Ehcache> changing() {
    List<Ehcache> caches = new ArrayList<>();
    for (CacheManager manager : MANAGERS.values()) {
      if (!manager.getName().equals("desk")) {
        for (String name : manager.getCacheNames()) {
          caches.add(manager.getEhcache(name));
        }
      }
    }
    return caches;
  }
}
