package io.tribescope.agent.ehcache;

import java.lang.reflect.Method;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a scrape asks of a provider of peers over RMI, from outside its class loader. */
public final class PeerProvider {
  private final Object provider;

  public PeerProvider(Object provider) {
    this.provider = provider;
  }

  /** The Ehcache object. */
  public Object provider() {
    return provider;
  }

  /** Whether it finds its peers by their heartbeats; otherwise they were configured. */
  public boolean isMulticast() {
    return provider.getClass().getSimpleName().startsWith("Multicast");
  }

  public @Nullable Object manager() {
    return ReplicatedCache.get(provider, "getCacheManager");
  }

  /** How long a bootstrap waits for peers, in nanoseconds; -1 when that is not known. */
  public long formingNanos() {
    return nanos(ReplicatedCache.get(provider, "getTimeForClusterToForm"));
  }

  /**
   * So long after its last heartbeat a peer is no longer sent to, in nanoseconds; -1 when that is
   * not known. An application can set it.
   */
  public long staleNanos() {
    for (Class<?> type = provider.getClass(); type != null; type = type.getSuperclass()) {
      try {
        // Protected in every version.
        Method method = type.getDeclaredMethod("getStaleTime");
        method.setAccessible(true);
        return nanos(method.invoke(provider));
      } catch (NoSuchMethodException e) {
        // A parent's, then.
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        return -1;
      }
    }
    return -1;
  }

  private static long nanos(@Nullable Object millis) {
    return millis instanceof Number && ((Number) millis).longValue() >= 0
        ? TimeUnit.MILLISECONDS.toNanos(((Number) millis).longValue())
        : -1;
  }
}
