package io.tribescope.agent.tomcat;

import io.tribescope.agent.reads.TimedReads;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * How the figures of a pool are called by the MBean that is asked for them, and which lock its
 * answer takes (by the byte code of Tomcat 6.0.53, 7.0.109 and 9.0.117).
 */
enum PoolKind {
  /**
   * The GenericObjectPool within a BasicDataSource of DBCP 2, which is registered beside it while
   * the pool is open. Its counts take the lock of the queue of idle connections, which nobody holds
   * while a connection is made, tested or waited for. The BasicDataSource itself would wait for
   * whoever opens the pool, however long the database keeps them, and does not know who waits.
   */
  DBCP2("NumActive", "NumIdle", "MaxTotal", "NumWaiters", "Closed", null, 0),

  /**
   * The pool of a Tomcat JDBC DataSource, registered beside it. Its counts take the locks of its
   * queues, for a moment; who waits is an atomic. The DataSource itself is not asked: where the
   * application has closed its pool, a question would open another.
   */
  TOMCAT_JDBC("Active", "Idle", "MaxActive", "WaitCount", null, null, 1),

  /**
   * A BasicDataSource of DBCP 2 with an {@code initialSize}, which opens its pool before Tomcat has
   * given it a name in JMX, so that the pool has none. Its getters wait for whoever opens or closes
   * it: to be asked by {@link TimedReads}.
   */
  DBCP2_EARLY("numActive", "numIdle", "maxTotal", null, "closed", "initialSize", 0),

  /**
   * A BasicDataSource of DBCP 1 (Tomcat 6 and 7, Commons DBCP 1). All of its getters wait for
   * whoever opens or closes the pool: to be asked by {@link TimedReads}. 0 is no limit in its
   * oldest versions.
   */
  DBCP1("numActive", "numIdle", "maxActive", null, "closed", null, 1);

  private final String active;
  private final String idle;
  private final String maximum;
  private final @Nullable String waiting;
  private final @Nullable String closed;

  /** If above 0, the pool is open although it may hold no connection. */
  private final @Nullable String initial;

  private final int lowestLimit;

  PoolKind(
      String active,
      String idle,
      String maximum,
      @Nullable String waiting,
      @Nullable String closed,
      @Nullable String initial,
      int lowestLimit) {
    this.active = active;
    this.idle = idle;
    this.maximum = maximum;
    this.waiting = waiting;
    this.closed = closed;
    this.initial = initial;
    this.lowestLimit = lowestLimit;
  }

  /** The kind of a DataSource without a pool beside it; null when its figures are not known. */
  static @Nullable PoolKind of(List<String> attributes) {
    for (PoolKind kind : Arrays.asList(DBCP2_EARLY, DBCP1)) {
      // Tomcat JDBC has what DBCP 1 has.
      if (attributes.containsAll(Arrays.asList(kind.active, kind.idle, kind.maximum))
          && !attributes.contains("waitCount")) {
        return kind;
      }
    }
    return null;
  }

  private List<String> attributes() {
    return Stream.of(active, idle, maximum, waiting, closed, initial)
        .filter(Objects::nonNull)
        .collect(Collectors.toList());
  }

  /** Null when the pool is not open, or gone by now. */
  @Nullable ConnectionPool read(MBeanServer server, ObjectName mbean, PoolName name) {
    String[] asked = attributes().toArray(new String[0]);
    Map<String, Object> values = new HashMap<>();
    try {
      for (Attribute attribute : server.getAttributes(mbean, asked).asList()) {
        values.put(attribute.getName(), attribute.getValue());
      }
    } catch (JMException | RuntimeException e) {
      return null;
    }
    if (Boolean.TRUE.equals(values.get(closed)) || !isOpened(values)) {
      return null;
    }
    Integer limit = number(values, maximum);
    return new ConnectionPool(
        name,
        count(number(values, active)),
        count(number(values, idle)),
        limit == null || limit < lowestLimit ? null : limit,
        count(number(values, waiting)));
  }

  private boolean isOpened(Map<String, Object> values) {
    return initial == null
        || isPositive(number(values, initial))
        || isPositive(number(values, active))
        || isPositive(number(values, idle));
  }

  private static boolean isPositive(@Nullable Integer value) {
    return value != null && value > 0;
  }

  private static @Nullable Integer number(Map<String, Object> values, @Nullable String attribute) {
    Object value = values.get(attribute);
    return value instanceof Integer ? (Integer) value : null;
  }

  /** DBCP takes the idle from all, and counts one after the other: for a moment it is below 0. */
  private static @Nullable Integer count(@Nullable Integer value) {
    return value == null ? null : Integer.valueOf(Math.max(0, value));
  }
}
