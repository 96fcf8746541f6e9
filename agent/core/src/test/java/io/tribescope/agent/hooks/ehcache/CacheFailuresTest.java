package io.tribescope.agent.hooks.ehcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.agent.bridge.Bridge;
import io.tribescope.agent.bridge.CacheBootstrapEvents;
import io.tribescope.agent.bridge.CacheEvents;
import io.tribescope.agent.bridge.CachePeerEvents;
import io.tribescope.agent.bridge.CacheReceiveEvents;
import io.tribescope.agent.bridge.CacheSendEvents;
import io.tribescope.agent.bridge.GroupEvents;
import io.tribescope.agent.bridge.TransportEvents;
import io.tribescope.agent.hooks.AdvisedLoader;
import io.tribescope.agent.hooks.Hooks;
import io.tribescope.agent.hooks.weaving.Hook;
import io.tribescope.agent.hooks.weaving.HookStatus;
import io.tribescope.agent.hooks.weaving.HookTransformer;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.rmi.RemoteException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import net.sf.ehcache.distribution.CacheManagerPeerProvider;
import net.sf.ehcache.distribution.CacheManagerPeerProviderFactory;
import net.sf.ehcache.distribution.CachePeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What becomes of what each event throws in a real Ehcache: it is counted for the hook in which it
 * happened, and Ehcache goes on, also in the midst of its methods.
 */
class CacheFailuresTest {
  /** The part that an application would do. Gives what failed by then, by hook. */
  public static final class Application implements Callable<Map<String, Long>> {
    private static final String DISTRIBUTION = "net.sf.ehcache.distribution.";

    private static Map<String, Long> failures() {
      Map<String, Long> failures = new TreeMap<>();
      for (Hook hook : Hooks.all()) {
        failures.put(hook.name(), Bridge.failures(hook.name()));
      }
      return failures;
    }

    private static String cache(String name, boolean queues) {
      return "<cache name='%s' maxEntriesLocalHeap='100' eternal='true'>".formatted(name)
          + "<cacheEventListenerFactory properties='replicateAsynchronously=%s,".formatted(queues)
          + " asynchronousReplicationIntervalMillis=1'"
          + " class='%sRMICacheReplicatorFactory'/></cache>".formatted(DISTRIBUTION);
    }

    @Override
    public Map<String, Long> call() {
      Map<String, Long> before = failures();
      String configuration =
          "<ehcache name='failures' updateCheck='false'><cacheManagerPeerProviderFactory class='"
              + Peers.class.getName()
              + "'/>"
              + cache("at-once", false)
              + cache("queued", true)
              + "</ehcache>";
      CacheManager manager =
          new CacheManager(
              new ByteArrayInputStream(configuration.getBytes(StandardCharsets.UTF_8)));
      try {
        Cache atOnce = manager.getCache("at-once");
        atOnce.put(new Element("k", "v"));
        atOnce.put(new Element("k", "another"));
        atOnce.remove("k");
        atOnce.removeAll();
        assertThat(Peers.CALLS)
            .containsExactly(
                "put to 1", "put to 2",
                "put to 1", "put to 2",
                "remove to 1", "remove to 2",
                "removeAll to 1", "removeAll to 2");
        Peers.CALLS.clear();
        manager.getCache("queued").put(new Element("k", "v"));
        long sent = before.getOrDefault("cache-send-batch", 0L) + 6;
        await().until(() -> Bridge.failures("cache-send-batch") >= sent);
        assertThat(Peers.CALLS).containsExactly("send to 1", "send to 2");
        Map<String, Long> failures = failures();
        failures.replaceAll((hook, number) -> number - before.getOrDefault(hook, 0L));
        failures.values().removeIf(number -> number == 0);
        return failures;
      } finally {
        manager.shutdown();
      }
    }
  }

  /** Lists two peers: one takes all, one refuses all. */
  public static final class Peers extends CacheManagerPeerProviderFactory {
    static final List<String> CALLS = new CopyOnWriteArrayList<>();

    @Override
    public CacheManagerPeerProvider createCachePeerProvider(
        CacheManager manager, Properties properties) {
      List<CachePeer> peers = List.of(peer(1), peer(2));
      return (CacheManagerPeerProvider)
          Proxy.newProxyInstance(
              Peers.class.getClassLoader(),
              new Class<?>[] {CacheManagerPeerProvider.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "getScheme" -> "RMI";
                    case "listRemoteCachePeers" -> peers;
                    default -> method.getReturnType() == long.class ? 0L : null;
                  });
    }

    private static CachePeer peer(int number) {
      return (CachePeer)
          Proxy.newProxyInstance(
              Peers.class.getClassLoader(),
              new Class<?>[] {CachePeer.class},
              (proxy, method, arguments) -> {
                CALLS.add(method.getName() + " to " + number);
                if (number == 2) {
                  throw new RemoteException("refused");
                }
                return method.getReturnType() == boolean.class ? true : null;
              });
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

  private static <T> T failing(Class<T> events) {
    return events.cast(
        Proxy.newProxyInstance(
            events.getClassLoader(),
            new Class<?>[] {events},
            (proxy, method, arguments) -> {
              throw new IllegalStateException(method.getName());
            }));
  }

  @Test
  void eachIsCountedForItsHookAndEhcacheGoesOn() throws Exception {
    Bridge.connect(failing(CacheEvents.class));
    Bridge.connect(failing(CacheSendEvents.class));
    Bridge.connect(failing(CacheReceiveEvents.class));
    Bridge.connect(failing(CachePeerEvents.class));
    Bridge.connect(failing(CacheBootstrapEvents.class));
    Bridge.connect(failing(TransportEvents.class));
    Bridge.connect(failing(GroupEvents.class));
    AdvisedLoader webapp =
        new AdvisedLoader(new HookTransformer(Hooks.all(), new HookStatus()))
            .childFirst("net.sf.ehcache.")
            .childFirst(CacheFailuresTest.class.getName() + "$");
    for (Hook hook : Hooks.all()) {
      // The latter is hooked in Ehcache 2.4 and earlier alone.
      if (hook.className.startsWith("net.sf.ehcache.")
          && !hook.className.endsWith(".EventMessage")) {
        webapp.own(hook.className);
      }
    }
    @SuppressWarnings("unchecked") // its own loader's
    Callable<Map<String, Long>> application =
        (Callable<Map<String, Long>>)
            webapp.loadClass(Application.class.getName()).getDeclaredConstructor().newInstance();

    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(webapp);
    Map<String, Long> failures;
    try {
      failures = application.call();
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    // Of each change sent: its begin and end, two calls, one that returns, one that a handler sees.
    assertThat(failures)
        .isEqualTo(
            Map.ofEntries(
                Map.entry("cache-replicator", 2L),
                Map.entry("cache-put", 2L),
                Map.entry("cache-update", 1L),
                Map.entry("cache-remove", 1L),
                Map.entry("cache-remove-all", 1L),
                Map.entry("cache-notify-put", 2L),
                Map.entry("cache-notify-update", 1L),
                Map.entry("cache-notify-remove", 1L),
                Map.entry("cache-peers-list", 5L),
                Map.entry("cache-send-put", 12L),
                Map.entry("cache-send-remove", 6L),
                Map.entry("cache-send-remove-all", 6L),
                Map.entry("cache-send-batch", 6L),
                Map.entry("cache-enqueue", 1L),
                // One that was polled, the end of the queue, and one in the batch.
                Map.entry("cache-batch", 3L)));
  }
}
