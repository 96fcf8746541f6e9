package io.tribescope.system.caches;

import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Ehcache;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.MulticastKeepaliveHeartbeatSender;
import org.jspecify.annotations.Nullable;

/**
 * An application with three cache managers that replicate to one another over RMI, each life of
 * which goes all the ways that there are: {@code shop} hears of {@code till} by a heartbeat and
 * sends at once; {@code desk} has {@code shop} configured, fetches what that holds and sends in
 * batches. Its nested classes are run one after the other, within it.
 */
public final class RedeployedApplication {
  private static final int SHOP_PORT = 40_451;
  private static final int TILL_PORT = 40_452;
  private static final String GROUP = "228.0.0.5";
  private static final int GROUP_PORT = 4452;
  private static final List<CacheManager> MANAGERS = new ArrayList<>();
  private static @Nullable MulticastKeepaliveHeartbeatSender heartbeat;

  private RedeployedApplication() {}

  /** Starts those that listen. */
  public static final class Start implements Callable<String> {
    @Override
    public String call() throws UnknownHostException {
      start("shop", multicast(), listener(SHOP_PORT), "replicateAsynchronously=false", "");
      start("till", multicast(), listener(TILL_PORT), "replicateAsynchronously=false", "");
      // A manager's own first heartbeat comes before it has a cache to tell of; the next one is due
      // after 5 s.
      heartbeat =
          new MulticastKeepaliveHeartbeatSender(
              MANAGERS.get(1), InetAddress.getByName(GROUP), GROUP_PORT, 0, null);
      heartbeat.init();
      return "";
    }
  }

  /** How many peers the first one has found. */
  public static final class Peers implements Callable<String> {
    @Override
    public String call() {
      Ehcache cache = cache(0);
      return String.valueOf(
          cache
              .getCacheManager()
              .getCacheManagerPeerProvider("RMI")
              .listRemoteCachePeers(cache)
              .size());
    }
  }

  /** Three puts, an update and a removal; and the third manager, which fetches two and puts one. */
  public static final class Change implements Callable<String> {
    @Override
    public String call() {
      for (String key : List.of("a", "b", "c", "a")) {
        cache(0).put(new Element(key, "v"));
      }
      cache(0).remove("c");
      start(
          "desk",
          "<cacheManagerPeerProviderFactory properties='peerDiscovery=manual, rmiUrls=//"
              + host()
              + ":"
              + SHOP_PORT
              + "/c' class='net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory'/>",
          "",
          "replicateAsynchronously=true, asynchronousReplicationIntervalMillis=10",
          "<bootstrapCacheLoaderFactory properties='bootstrapAsynchronously=false'"
              + " class='net.sf.ehcache.distribution.RMIBootstrapCacheLoaderFactory'/>");
      cache(2).put(new Element("d", "v"));
      return String.valueOf(cache(2).getSize());
    }
  }

  /** How many elements the first one holds. */
  public static final class Size implements Callable<String> {
    @Override
    public String call() {
      return String.valueOf(cache(0).getSize());
    }
  }

  /** Empties the first one's cache, puts what cannot be sent, and ends all three. */
  public static final class Stop implements Callable<String> {
    @Override
    public String call() {
      cache(0).removeAll();
      cache(0).put(new Element("e", new Object()));
      Objects.requireNonNull(heartbeat).dispose();
      for (int i = MANAGERS.size() - 1; i >= 0; i--) {
        MANAGERS.get(i).shutdown();
      }
      return "";
    }
  }

  private static Ehcache cache(int manager) {
    return MANAGERS.get(manager).getEhcache("c");
  }

  private static void start(
      String name, String provider, String listener, String replicator, String bootstrap) {
    String xml =
        "<ehcache name='%s'>%s%s<cache name='c' maxEntriesLocalHeap='100' eternal='true'>"
                .formatted(name, provider, listener)
            + "<cacheEventListenerFactory properties='%s'".formatted(replicator)
            + " class='net.sf.ehcache.distribution.RMICacheReplicatorFactory'/>"
            + bootstrap
            + "</cache></ehcache>";
    MANAGERS.add(new CacheManager(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
  }

  /** Not beyond this node: the other one has an application of its own. */
  private static String multicast() {
    return "<cacheManagerPeerProviderFactory properties='peerDiscovery=automatic, timeToLive=0,"
        + " multicastGroupAddress=%s, multicastGroupPort=%d'".formatted(GROUP, GROUP_PORT)
        + " class='net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory'/>";
  }

  private static String listener(int port) {
    return "<cacheManagerPeerListenerFactory properties='hostName=%s, port=%d,"
            .formatted(host(), port)
        + " remoteObjectPort=%d'".formatted(port + 10)
        + " class='net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory'/>";
  }

  private static String host() {
    return System.getProperty("java.rmi.server.hostname");
  }
}
