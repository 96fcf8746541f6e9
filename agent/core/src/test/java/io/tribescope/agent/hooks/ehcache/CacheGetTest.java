package io.tribescope.agent.hooks.ehcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheBootstrapEvents;
import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.CachePeerEvents;
import io.tribescope.agent.bridge.CacheReceiveEvents;
import io.tribescope.agent.bridge.CacheSendEvents;
import io.tribescope.agent.bridge.GroupEvents;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.CacheManagerPeerProvider;
import net.sf.ehcache.distribution.CacheManagerPeerProviderFactory;
import net.sf.ehcache.distribution.CachePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every hook woven into a real Ehcache, with a cache for each way to replicate: over RMI to nobody,
 * in a group of JGroups that has no other member, and over JMS to a topic that takes all.
 */
class CacheGetTest {
  /** The reports so far, by their events. */
  private final List<String> reports = new ArrayList<>();

  /** The application's thread; the others, Ehcache's own, report what they like. */
  private final Thread applicationsThread = Thread.currentThread();

  /** The part that an application would do: gives the reports of what it did. */
  public static final class Application
      implements Function<List<String>, Map<String, List<String>>> {
    private static final String DISTRIBUTION = "net.sf.ehcache.distribution.";
    private static final String REPLICATED =
        "<ehcache name='m' updateCheck='false'>"
            + "<cacheManagerPeerProviderFactory properties='peerDiscovery=manual, rmiUrls='"
            + " class='net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory'/>"
            + "<cacheManagerPeerProviderFactory propertySeparator='::'"
            + " properties='connect=SHARED_LOOPBACK(bind_addr=127.0.0.1)"
            + ":PING(timeout=1;num_initial_members=1):pbcast.NAKACK(use_mcast_xmit=false):UNICAST2"
            + ":pbcast.STABLE:pbcast.GMS(join_timeout=1)'"
            + " class='net.sf.ehcache.distribution.jgroups.JGroupsCacheManagerPeerProviderFactory'/>"
            + "<cacheManagerPeerProviderFactory class='"
            + Topic.class.getName()
            + "'/>"
            + "<cacheManagerPeerListenerFactory properties='hostName=127.0.0.1'"
            + " class='net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory'/>"
            + cache("RMI", "RMICacheReplicatorFactory")
            + cache("JMS", "jms.JMSCacheReplicatorFactory")
            + cache("JGroups", "jgroups.JGroupsCacheReplicatorFactory")
            + "</ehcache>";

    /** All is named: JMS has no default for most of it. */
    private static String cache(String name, String replicator) {
      return "<cache name='%s' maxEntriesLocalHeap='100' eternal='true'>".formatted(name)
          + "<cacheEventListenerFactory properties='replicateAsynchronously=false,"
          + " replicatePuts=true, replicateUpdates=true, replicateUpdatesViaCopy=true,"
          + " replicateRemovals=true' class='%s%s'/></cache>".formatted(DISTRIBUTION, replicator);
    }

    @Override
    public Map<String, List<String>> apply(List<String> reports) {
      CacheManager manager =
          new CacheManager(new ByteArrayInputStream(REPLICATED.getBytes(StandardCharsets.UTF_8)));
      try {
        Map<String, List<String>> all = new TreeMap<>();
        for (String name : manager.getCacheNames()) {
          reports.clear();
          manager.getCache(name).put(new Element("k", "v"));
          all.put("put into " + name, List.copyOf(reports));
        }
        reports.clear();
        for (String name : manager.getCacheNames()) {
          get(manager.getCache(name));
        }
        all.put("gets", List.copyOf(reports));
        return all;
      } finally {
        manager.shutdown();
      }
    }

    private static void get(Cache cache) {
      assertThat(cache.get("k").getObjectValue()).isEqualTo("v");
      assertThat(cache.get("absent")).isNull();
      assertThat(cache.getQuiet("k").getObjectValue()).isEqualTo("v");
      assertThat(cache.getAll(List.of("k", "absent"))).hasSize(2);
      assertThat(cache.isKeyInCache("k")).isTrue();
    }
  }

  /** What stands for a topic of JMS, and takes all: a real one needs a broker. */
  public static final class Topic extends CacheManagerPeerProviderFactory {
    @Override
    public CacheManagerPeerProvider createCachePeerProvider(
        CacheManager manager, Properties properties) {
      CachePeer peer = answering(CachePeer.class, Map.of());
      return answering(
          CacheManagerPeerProvider.class,
          Map.of("getScheme", "JMS", "listRemoteCachePeers", List.of(peer)));
    }

    private static <T> T answering(Class<T> type, Map<String, Object> results) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> results.get(method.getName())));
    }
  }

  /** Loads Ehcache and the application, advised, as a webapp's loader would. */
  private static final class Woven extends ClassLoader {
    private final HookTransformer transformer = new HookTransformer(Hooks.all(), new HookStatus());

    Woven() {
      super(CacheGetTest.class.getClassLoader());
    }

    @Override
    @SuppressWarnings("NullAway") // null means "not a redefinition", and "left alone"
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("net.sf.ehcache.")
          && !name.startsWith(CacheGetTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
      }
    }

    @SuppressWarnings("NullAway")
    private Class<?> define(String name) throws ClassNotFoundException {
      String file = name.replace('.', '/');
      try (InputStream in = getResourceAsStream(file + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] code = in.readAllBytes();
        byte[] woven =
            transformer.transform(this, file, null, getClass().getProtectionDomain(), code);
        byte[] used = Objects.requireNonNullElse(woven, code);
        return defineClass(name, used, 0, used.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @AfterEach
  void disconnect() {
    Bridge.connect(CacheEvents.NONE);
    Bridge.connect(CacheSendEvents.NONE);
    Bridge.connect(CacheReceiveEvents.NONE);
    Bridge.connect(CachePeerEvents.NONE);
    Bridge.connect(CacheBootstrapEvents.NONE);
    Bridge.connect(TransportEvents.NONE);
    Bridge.connect(GroupEvents.NONE);
  }

  @Test
  void nothingStandsOnThePathOfAGet() throws Exception {
    Bridge.connect(reporting(CacheEvents.class));
    Bridge.connect(reporting(CacheSendEvents.class));
    Bridge.connect(reporting(CacheReceiveEvents.class));
    Bridge.connect(reporting(CachePeerEvents.class));
    Bridge.connect(reporting(CacheBootstrapEvents.class));
    Bridge.connect(reporting(TransportEvents.class));
    Bridge.connect(reporting(GroupEvents.class));
    ClassLoader webapp = new Woven();
    @SuppressWarnings("unchecked") // its own loader's
    Function<List<String>, Map<String, List<String>>> application =
        (Function<List<String>, Map<String, List<String>>>)
            webapp.loadClass(Application.class.getName()).getDeclaredConstructor().newInstance();

    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(webapp);
    Map<String, List<String>> all;
    try {
      all = application.apply(reports);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(all)
        .isEqualTo(
            Map.of(
                "put into RMI",
                List.of("cacheChanged", "replicating", "propagating", "peersListed", "propagated"),
                "put into JMS",
                List.of("cacheChanged", "knows", "replicating", "handingOver", "handedOver"),
                "put into JGroups",
                List.of(
                    "cacheChanged",
                    "knows",
                    "replicating",
                    "handingOver",
                    "groupHanding",
                    "sending",
                    "sent",
                    "handedOver"),
                "gets",
                List.of()));
  }

  /** One that knows no replicator, and hands out no notes. */
  private <T> T reporting(Class<T> events) {
    return events.cast(
        Proxy.newProxyInstance(
            events.getClassLoader(),
            new Class<?>[] {events},
            (proxy, method, arguments) -> {
              if (Thread.currentThread() == applicationsThread) {
                reports.add(method.getName());
              }
              return method.getReturnType() == boolean.class ? false : null;
            }));
  }
}
