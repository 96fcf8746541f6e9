package io.tribescope.agent.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.agent.bridge.CacheBridge;
import io.tribescope.agent.bridge.CacheEvents;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.implementation.InvocationHandlerAdapter;
import net.bytebuddy.matcher.ElementMatchers;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every hook woven into a real Ehcache, with a cache that is replicated to nobody. */
class CacheGetTest {
  private static final String REPLICATED =
      "<ehcache updateCheck='false'>"
          + "<cacheManagerPeerProviderFactory properties='peerDiscovery=manual, rmiUrls='"
          + " class='net.sf.ehcache.distribution.RMICacheManagerPeerProviderFactory'/>"
          + "<cacheManagerPeerListenerFactory properties='hostName=127.0.0.1'"
          + " class='net.sf.ehcache.distribution.RMICacheManagerPeerListenerFactory'/>"
          + "<cache name='c' maxEntriesLocalHeap='100' eternal='true'>"
          + "<cacheEventListenerFactory properties='replicateAsynchronously=false'"
          + " class='net.sf.ehcache.distribution.RMICacheReplicatorFactory'/>"
          + "</cache></ehcache>";

  /** The reports so far, by the methods of the bridge's target. */
  private final List<String> reports = new ArrayList<>();

  /** The application's thread; the others, Ehcache's own, report what they like. */
  private final Thread applicationsThread = Thread.currentThread();

  /**
   * The part that an application would do: gives the reports of its puts, then those of its gets.
   */
  public static final class Application implements UnaryOperator<List<String>> {
    @Override
    public List<String> apply(List<String> reports) {
      CacheManager manager =
          new CacheManager(new ByteArrayInputStream(REPLICATED.getBytes(StandardCharsets.UTF_8)));
      try {
        Cache cache = manager.getCache("c");
        reports.clear();
        cache.put(new Element("k", "v"));
        List<String> ofPut = List.copyOf(reports);
        reports.clear();
        assertThat(cache.get("k").getObjectValue()).isEqualTo("v");
        assertThat(cache.get("absent")).isNull();
        assertThat(cache.getQuiet("k").getObjectValue()).isEqualTo("v");
        assertThat(cache.getAll(List.of("k", "absent"))).hasSize(2);
        assertThat(cache.isKeyInCache("k")).isTrue();
        List<String> ofGets = List.copyOf(reports);
        reports.clear();
        reports.addAll(ofGets);
        return ofPut;
      } finally {
        manager.shutdown();
      }
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
      if (!name.startsWith("net.sf.ehcache.") && !name.equals(Application.class.getName())) {
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
    CacheBridge.connect(new CacheEvents() {});
  }

  @Test
  void nothingStandsOnThePathOfAGet() throws Exception {
    CacheBridge.connect(
        new ByteBuddy()
            .subclass(CacheEvents.class)
            .method(ElementMatchers.isDeclaredBy(CacheEvents.class))
            .intercept(
                InvocationHandlerAdapter.of(
                    (proxy, method, arguments) -> {
                      if (Thread.currentThread() == applicationsThread) {
                        reports.add(method.getName());
                      }
                      return null;
                    }))
            .make()
            .load(getClass().getClassLoader())
            .getLoaded()
            .getDeclaredConstructor()
            .newInstance());
    ClassLoader webapp = new Woven();
    @SuppressWarnings("unchecked") // its own loader's
    UnaryOperator<List<String>> application =
        (UnaryOperator<List<String>>)
            webapp.loadClass(Application.class.getName()).getDeclaredConstructor().newInstance();

    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(webapp);
    List<String> ofPut;
    try {
      ofPut = application.apply(reports);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }

    assertThat(ofPut)
        .isEqualTo(
            List.of("cacheChanged", "replicating", "propagating", "peersListed", "propagated"));
    assertThat(reports).isEmpty();
  }
}
