package io.tribescope.agent.ehcache;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * What a scrape asks of a replicated Ehcache, from outside its class loader. What cannot be read is
 * null. Holds the cache for as long as it is read; not to be kept.
 */
public final class ReplicatedCache {
  private static final String RMI = "RMI";

  private final Object cache;

  public ReplicatedCache(Object cache) {
    this.cache = cache;
  }

  public @Nullable Object manager() {
    return get(cache, "getCacheManager");
  }

  public @Nullable String name() {
    return text(get(cache, "getName"));
  }

  /** The cache manager's name. */
  public @Nullable String managerName() {
    return text(get(manager(), "getName"));
  }

  /** Whether the cache can be used; false once it was disposed of. */
  public boolean isAlive() {
    return "STATUS_ALIVE".equals(text(get(cache, "getStatus")));
  }

  /** Elements that it holds here. */
  public @Nullable Number elements() {
    Object size = get(cache, "getSize");
    return size instanceof Number ? (Number) size : null;
  }

  /** What finds its peers over RMI. */
  public @Nullable Object provider() {
    return rmi("getCacheManagerPeerProvider");
  }

  private @Nullable Object rmi(String getter) {
    Object manager = manager();
    if (manager == null) {
      return null;
    }
    try {
      return manager.getClass().getMethod(getter, String.class).invoke(manager, RMI);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static @Nullable Object get(@Nullable Object target, String getter) {
    if (target == null) {
      return null;
    }
    try {
      Method method = target.getClass().getMethod(getter);
      // The class may be package-private and the method of its public parent.
      method.setAccessible(true);
      return method.invoke(target);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return null;
    }
  }
}
