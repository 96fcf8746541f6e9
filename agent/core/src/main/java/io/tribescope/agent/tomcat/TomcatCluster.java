package io.tribescope.agent.tomcat;

import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a SimpleTcpCluster is set up with, from outside its class loader. What cannot be read
 * is null. Thread-safe; for scrapes, not for hooks.
 */
public final class TomcatCluster {
  private final WeakReference<Object> cluster;

  public TomcatCluster(Object cluster) {
    this.cluster = new WeakReference<>(cluster);
  }

  public boolean gone() {
    return cluster.get() == null;
  }

  public boolean isFor(Object other) {
    return cluster.get() == other;
  }

  /** The channel object, or null. */
  public @Nullable Object channel() {
    return get(cluster.get(), "getChannel");
  }

  /** Tomcat's own name for the cluster: the attribute, or the container's name. */
  public @Nullable String name() {
    return text(get(cluster.get(), "getClusterName"));
  }

  /** The name of the engine or host that the cluster belongs to. */
  public @Nullable String containerName() {
    return text(get(get(cluster.get(), "getContainer"), "getName"));
  }

  public @Nullable String jvmRoute() {
    Object container = get(cluster.get(), "getContainer");
    String route = text(get(container, "getJvmRoute"));
    // A cluster can belong to a host; the route is its engine's.
    return route != null ? route : text(get(get(container, "getParent"), "getJvmRoute"));
  }

  public @Nullable Integer sendOptions() {
    Object options = get(cluster.get(), "getChannelSendOptions");
    return options instanceof Integer ? (Integer) options : null;
  }

  /** The simple class name of the manager that new contexts get. */
  public @Nullable String manager() {
    return simpleName(get(cluster.get(), "getManagerTemplate"));
  }

  public @Nullable String membership() {
    return simpleName(get(channel(), "getMembershipService"));
  }

  public @Nullable String tomcatVersion() {
    Object own = cluster.get();
    if (own == null) {
      return null;
    }
    try {
      Class<?> info =
          Class.forName(
              "org.apache.catalina.util.ServerInfo", false, own.getClass().getClassLoader());
      // "Apache Tomcat/9.0.117"
      String server = text(info.getMethod("getServerInfo").invoke(null));
      return server == null ? null : server.substring(server.indexOf('/') + 1);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  private static @Nullable String simpleName(@Nullable Object value) {
    return value == null ? null : value.getClass().getSimpleName();
  }

  private static @Nullable Object get(@Nullable Object target, String getter) {
    if (target == null) {
      return null;
    }
    try {
      return target.getClass().getMethod(getter).invoke(target);
    } catch (ReflectiveOperationException | LinkageError e) {
      return null;
    }
  }
}
