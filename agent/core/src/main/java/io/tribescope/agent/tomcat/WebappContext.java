package io.tribescope.agent.tomcat;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which webapp a class loader belongs to, from outside it. Keeps nothing. Thread-safe;
 * for scrapes, not for hooks.
 */
public final class WebappContext {
  private WebappContext() {}

  /**
   * The context as the label {@code context} names it: the host's name and the context's, such as
   * {@code localhost/app}, {@code localhost/app##2}, and {@code localhost} for ROOT.
   *
   * @param loader a webapp's, or one below it
   * @return "" when it is no webapp's, or that of one that has stopped
   */
  public static String of(@Nullable ClassLoader loader) {
    for (ClassLoader l = loader; l != null; l = l.getParent()) {
      String name = nameOf(l);
      if (!name.isEmpty()) {
        return name;
      }
    }
    return "";
  }

  /**
   * Whether the webapp has been stopped: to call anything of its own would have the JVM ask its
   * loader for classes, and Tomcat would log that as an illegal access.
   *
   * @param loader a webapp's, or one below it; of any other the answer is no
   */
  public static boolean isStopped(@Nullable ClassLoader loader) {
    for (ClassLoader l = loader; l != null; l = l.getParent()) {
      if (method(l, "getContextName") != null) {
        return !isAvailable(l);
      }
    }
    return false;
  }

  private static boolean isAvailable(ClassLoader webapp) {
    try {
      if (method(webapp, "getHostName") != null) {
        return Boolean.TRUE.equals(get(get(webapp, "getState"), "isAvailable"));
      }
      // Tomcat 6 and 7 have no state that is kept, but let go of the directory.
      return get(webapp, "getResources") != null;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return false;
    }
  }

  private static String nameOf(ClassLoader loader) {
    try {
      if (method(loader, "getHostName") != null) {
        // Tomcat 8.5 and newer.
        Object base = get(loader, "getContextName");
        return joined(get(loader, "getHostName"), base == null ? null : pathOf(base.toString()));
      }
      // Tomcat 6 and 7: their getContextName() is the display name, while the directory knows.
      Object directory = get(loader, "getResources");
      return joined(get(directory, "getHostName"), get(directory, "getContextName"));
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      return "";
    }
  }

  /** The name of {@code ROOT}, {@code a#b} or {@code app##2}, as its directory is called. */
  private static String pathOf(String base) {
    int end = base.indexOf("##");
    String path = end < 0 ? base : base.substring(0, end);
    String version = end < 0 ? "" : base.substring(end);
    return (path.equals("ROOT") ? "" : "/" + path.replace('#', '/')) + version;
  }

  private static String joined(@Nullable Object host, @Nullable Object context) {
    return host == null || context == null ? "" : host.toString() + context;
  }

  private static @Nullable Object get(@Nullable Object target, String getter)
      throws ReflectiveOperationException {
    Method method = target == null ? null : method(target, getter);
    return method == null ? null : method.invoke(target);
  }

  private static @Nullable Method method(Object target, String getter) {
    try {
      return target.getClass().getMethod(getter);
    } catch (NoSuchMethodException e) {
      return null;
    }
  }
}
