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
   * the pool is open. It counts a connection once it is open, and who waits for one to be given
   * back, not for one that is being opened. Its counts take the lock of the queue of idle
   * connections, which nobody holds while a connection is made, tested or waited for. The
   * BasicDataSource itself would wait for whoever opens the pool, however long the database keeps
   * them, and does not know who waits.
   */
  DBCP2("NumActive", "NumIdle", "MaxTotal", "NumWaiters", "Closed", null, 0),

  /**
   * The pool of a Tomcat JDBC DataSource, registered beside it. Its {@code Size} and who waits are
   * atomics; {@code Idle} takes the lock of the queue of idle connections, for a moment. The
   * DataSource itself is not asked: where the application has closed its pool, a question would
   * open another.
   *
   * <p>{@code Active} lacks the connections that are being opened or tested, so that a pool which a
   * hanging database has exhausted reads 0. {@code Size} counts each from before it is opened until
   * after it is closed; a thread that asks just as another takes the last place adds one for an
   * instant.
   */
  TOMCAT_JDBC("Size", "Idle", "MaxActive", "WaitCount", null, null, 1) {
    @Override
    @Nullable Integer active(Map<String, Object> values) {
      Integer all = super.active(values);
      Integer resting = idle(values);
      return all == null || resting == null ? null : Integer.valueOf(all - resting);
    }
  },

  /**
   * A BasicDataSource of DBCP 2 with an {@code initialSize}, which opens its pool before Tomcat has
   * given it a name in JMX, so that the pool has none. Its getters wait for whoever opens or closes
   * it: to be asked by {@link TimedReads}.
   */
  DBCP2_EARLY("numActive", "numIdle", "maxTotal", null, "closed", "initialSize", 0),

  /**
   * A BasicDataSource of DBCP 1 (Tomcat 6 and 7, Commons DBCP 1). All of its getters wait for
   * whoever opens or closes the pool: to be asked by {@link TimedReads}. A connection is active
   * once it has passed its test. 0 is no limit in its oldest versions.
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
        count(active(values)),
        count(idle(values)),
        limit == null || limit < lowestLimit ? null : limit,
        count(number(values, waiting)));
  }

  /** Those that are not idle; by the moments at which it was counted, it may be below 0. */
  @Nullable Integer active(Map<String, Object> values) {
    return number(values, active);
  }

  @Nullable Integer idle(Map<String, Object> values) {
    return number(values, idle);
  }

  private boolean isOpened(Map<String, Object> values) {
    return initial == null
        || isPositive(number(values, initial))
        || isPositive(active(values))
        || isPositive(idle(values));
  }

  private static boolean isPositive(@Nullable Integer value) {
    return value != null && value > 0;
  }

  private static @Nullable Integer number(Map<String, Object> values, @Nullable String attribute) {
    Object value = values.get(attribute);
    return value instanceof Integer ? (Integer) value : null;
  }

  /** The idle are taken from all, counted one after the other: for a moment it is below 0. */
  private static @Nullable Integer count(@Nullable Integer value) {
    return value == null ? null : Integer.valueOf(Math.max(0, value));
  }
}
