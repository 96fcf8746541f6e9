package io.tribescope.agent.tomcat;

import java.util.Comparator;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Whose a JNDI connection pool is and what it is called. Immutable. */
final class PoolName implements Comparable<PoolName> {
  private static final Comparator<PoolName> ORDER =
      Comparator.<PoolName, String>comparing(name -> name.context)
          .thenComparing(name -> name.dataSource);

  /** As {@link WebappContext} names it; "" for a global resource. */
  final String context;

  /** The JNDI name, such as {@code jdbc/shop}. */
  final String dataSource;

  private PoolName(String context, String dataSource) {
    this.context = context;
    this.dataSource = dataSource;
  }

  /** Null when the name is not made as Tomcat makes those of its resources. */
  static @Nullable PoolName of(ObjectName name) {
    String dataSource = name.getKeyProperty("name");
    String host = name.getKeyProperty("host");
    // Tomcat 6 says path.
    String context = name.getKeyProperty("context");
    String path = context != null ? context : name.getKeyProperty("path");
    if (dataSource == null || !dataSource.startsWith("\"") || (host == null) != (path == null)) {
      return null;
    }
    return new PoolName(
        host == null ? "" : host + withoutRoot(path), ObjectName.unquote(dataSource));
  }

  /** ROOT is written as {@code /} there, or with its version as {@code /##2}. */
  private static String withoutRoot(String path) {
    return path.equals("/") || path.startsWith("/##") ? path.substring(1) : path;
  }

  @Override
  public int compareTo(PoolName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PoolName && compareTo((PoolName) other) == 0;
  }

  @Override
  public int hashCode() {
    return 31 * context.hashCode() + dataSource.hashCode();
  }
}
