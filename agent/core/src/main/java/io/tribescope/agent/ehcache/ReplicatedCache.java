package io.tribescope.agent.ehcache;

import java.lang.reflect.Method;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What a scrape asks of a replicated Ehcache, from outside its class loader. What cannot be read is
 * null. Holds the cache for as long as it is read; not to be kept.
 */
public final class ReplicatedCache {
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
    return provider("RMI");
  }

  /** Members of its group of JGroups, without this node; -1 when that is not known. */
  public int groupMembers() {
    Object provider = provider("JGroups");
    if (provider == null) {
      return -1;
    }
    try {
      for (Method method : provider.getClass().getMethods()) {
        if (method.getName().equals("listRemoteCachePeers")) {
          for (Object group : (Iterable<?>) method.invoke(provider, cache)) {
            Object members = get(group, "getOtherGroupMembers");
            return members instanceof Collection ? ((Collection<?>) members).size() : -1;
          }
        }
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      // A version that is not known.
    }
    return -1;
  }

  private @Nullable Object provider(String scheme) {
    Object manager = manager();
    if (manager == null) {
      return null;
    }
    try {
      return manager
          .getClass()
          .getMethod("getCacheManagerPeerProvider", String.class)
          .invoke(manager, scheme);
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
