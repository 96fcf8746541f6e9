package io.tribescope.agent.tomcat;

import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Reads one pool by that of its MBeans which answers without opening it and without waiting.
 *
 * <p>The bean that Tomcat registers itself is the data source. Of Tomcat's JDBC pool it is never
 * asked for a figure: each would open a pool that is closed, with all its first connections. Of
 * DBCP it is asked on a thread that may be left waiting: nearly each getter (all of DBCP 1; the
 * maximum and whether it is closed of DBCP 2) takes the monitor that is held while the first
 * connection is made, for as long as a database does not answer. Both have a bean of the inner pool
 * while that is open, whose getters hold a lock for a few instructions at most.
 */
final class PoolBeans {
  private static final Pattern DBCP =
      Pattern.compile("org\\.apache\\.(tomcat|commons)\\.dbcp.*\\.BasicDataSource");

  private static final String JDBC = "org.apache.tomcat.jdbc.pool.";

  /** DBCP 2's pool, registered when it is opened and taken out when it is closed. */
  private static final String[] OF_DBCP_2 = {"NumActive", "NumIdle", "MaxTotal", "NumWaiters"};

  /** Tomcat's JDBC pool's, registered for as long as the data source is. */
  private static final String[] OF_JDBC = {"Size", "Active", "Idle", "MaxActive", "WaitCount"};

  /** The data source of DBCP 1 and 2, which call their maximum differently. */
  private static final String[] OF_DBCP = {
    "closed", "initialSize", "numActive", "numIdle", "maxTotal", "maxActive"
  };

  private final BoundedQuestions questions;

  PoolBeans(BoundedQuestions questions) {
    this.questions = questions;
  }

  /**
   * What the pool says.
   *
   * @param name of the bean that Tomcat registered
   * @return null when it is not open, or nothing that is known here
   */
  @Nullable PoolReading read(MBeanServer server, ObjectName name) throws JMException {
    Map<String, Object> dbcp2 =
        attributes(server, new ObjectName(name + ",connectionpool=connections"), OF_DBCP_2);
    if (dbcp2 != null) {
      return reading(name, dbcp2, "NumActive", "NumIdle", "MaxTotal", "NumWaiters");
    }
    String type = String.valueOf(server.getAttribute(name, "modelerType"));
    if (type.startsWith(JDBC)) {
      return ofJdbcPool(name, attributes(server, jdbcPool(name, type), OF_JDBC));
    }
    if (DBCP.matcher(type).matches()) {
      return ofDbcp(name, questions.ask(name.toString(), () -> attributes(server, name, OF_DBCP)));
    }
    return null;
  }

  /** The name that Tomcat's JDBC pool gives its own bean. */
  private static ObjectName jdbcPool(ObjectName name, String type) throws JMException {
    Hashtable<String, String> keys = name.getKeyPropertyList();
    keys.put("type", "ConnectionPool");
    keys.put("class", type);
    if (keys.containsKey("context") || keys.containsKey("path")) {
      keys.put("engine", name.getDomain());
    }
    return new ObjectName("tomcat.jdbc", keys);
  }

  /** A pool without any connection may be closed; its bean stays, and does not say. */
  private static @Nullable PoolReading ofJdbcPool(
      ObjectName name, @Nullable Map<String, Object> read) {
    if (read == null || Integer.valueOf(0).equals(read.get("Size"))) {
      return null;
    }
    return reading(name, read, "Active", "Idle", "MaxActive", "WaitCount");
  }

  /**
   * A pool without any connection was never opened, unless Tomcat opened it when it made it: that
   * it does where there is an initial size, and before DBCP 2 could register its inner pool.
   */
  private static @Nullable PoolReading ofDbcp(ObjectName name, @Nullable Map<String, Object> read) {
    if (read == null || !Boolean.FALSE.equals(read.get("closed"))) {
      return null;
    }
    String maximum = read.containsKey("maxTotal") ? "maxTotal" : "maxActive";
    PoolReading reading = reading(name, read, "numActive", "numIdle", maximum, "");
    Integer initial = number(read, "initialSize");
    boolean opened = initial != null && initial > 0;
    return reading == null || (!opened && reading.active() + reading.idle() == 0) ? null : reading;
  }

  private static @Nullable PoolReading reading(
      ObjectName name,
      Map<String, Object> read,
      String active,
      String idle,
      String maximum,
      String waiting) {
    Integer inUse = number(read, active);
    Integer unused = number(read, idle);
    if (inUse == null || unused == null) {
      return null;
    }
    Integer most = number(read, maximum);
    return new PoolReading(
        PoolNames.context(name),
        PoolNames.dataSource(name),
        // DBCP 2 subtracts the idle from all, one counted after the other.
        Math.max(0, inUse),
        unused,
        most == null ? null : most < 0 ? Double.POSITIVE_INFINITY : most.doubleValue(),
        number(read, waiting));
  }

  private static @Nullable Integer number(Map<String, Object> read, String attribute) {
    Object value = read.get(attribute);
    return value instanceof Integer ? (Integer) value : null;
  }

  /**
   * Those of the attributes that there are.
   *
   * @return null without such a bean
   */
  private static @Nullable Map<String, Object> attributes(
      MBeanServer server, ObjectName name, String[] attributes) throws JMException {
    try {
      Map<String, Object> read = new HashMap<>();
      for (Attribute attribute : server.getAttributes(name, attributes).asList()) {
        read.put(attribute.getName(), attribute.getValue());
      }
      return read;
    } catch (InstanceNotFoundException e) {
      return null;
    }
  }
}
