package io.tribescope.agent.tomcat;

import javax.management.ObjectName;

/** What the name of a data source's MBean says. */
final class PoolNames {
  private PoolNames() {}

  /**
   * The webapp, as the label {@code context} names it; "" of a global resource.
   *
   * <p>Tomcat 7 and newer call the key {@code context}, Tomcat 6 {@code path}. ROOT is {@code /}
   * there, and a version of it {@code /##2}.
   */
  static String context(ObjectName name) {
    String host = name.getKeyProperty("host");
    String context = name.getKeyProperty("context");
    String path = context == null ? name.getKeyProperty("path") : context;
    if (host == null || path == null) {
      return "";
    }
    return host + (path.equals("/") || path.startsWith("/##") ? path.substring(1) : path);
  }

  /** The name in JNDI, which Tomcat puts between quotes. */
  static String dataSource(ObjectName name) {
    String quoted = name.getKeyProperty("name");
    return quoted.startsWith("\"") ? ObjectName.unquote(quoted) : quoted;
  }
}
