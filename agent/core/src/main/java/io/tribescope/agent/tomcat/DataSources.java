package io.tribescope.agent.tomcat;

import io.tribescope.agent.reads.TimedReads;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the connection pools that Tomcat has registered as JNDI resources in JMX, and reads them by
 * MBeans whose answer waits for no database ({@link PoolKind}). Keeps nothing. Thread-safe; for
 * scrapes, not for hooks.
 */
public final class DataSources {
  private static final int LIMIT = 100;

  private final Supplier<@Nullable MBeanServer> server;
  private final TimedReads<PoolName> timed = new TimedReads<>("tribescope-pools");
  private volatile boolean saturated;

  public DataSources() {
    this(DataSources::present);
  }

  DataSources(Supplier<@Nullable MBeanServer> server) {
    this.server = server;
  }

  /** Null until Tomcat has made it: it is not for us to be the first. */
  private static @Nullable MBeanServer present() {
    return MBeanServerFactory.findMBeanServer(null).isEmpty()
        ? null
        : ManagementFactory.getPlatformMBeanServer();
  }

  /** The pools that are open, in the order of their names, at most 100. */
  public List<ConnectionPool> read() {
    MBeanServer present = server.get();
    if (present == null) {
      return new ArrayList<>();
    }
    SortedMap<PoolName, Mbeans> found = find(present);
    saturated |= found.size() > LIMIT;
    List<ConnectionPool> pools = new ArrayList<>();
    Map<PoolName, Callable<@Nullable ConnectionPool>> waiting = new HashMap<>();
    found.entrySet().stream()
        .limit(LIMIT)
        .forEach(
            resource -> {
              PoolName name = resource.getKey();
              ObjectName mbean = resource.getValue().resource;
              if (!resource.getValue().pools.isEmpty()) {
                addSum(pools, present, name, resource.getValue().pools);
                return;
              }
              PoolKind kind = PoolKind.of(attributes(present, mbean));
              if (kind != null) {
                waiting.put(name, () -> kind.read(present, mbean, name));
              }
            });
    pools.addAll(timed.of(waiting).values());
    pools.sort((one, other) -> one.name().compareTo(other.name()));
    return pools;
  }

  /** Whether there ever were more pools than are read. */
  public boolean saturated() {
    return saturated;
  }

  /** A resource of Tomcat's, and the pools that are registered beside it. */
  private static final class Mbeans {
    final ObjectName resource;
    final Map<ObjectName, PoolKind> pools = new TreeMap<>();

    Mbeans(ObjectName resource) {
      this.resource = resource;
    }
  }

  private static SortedMap<PoolName, Mbeans> find(MBeanServer server) {
    SortedMap<PoolName, Mbeans> found = new TreeMap<>();
    Map<ObjectName, PoolKind> pools = new HashMap<>();
    // The domain is the engine's name. With "connection", or "connections" below, it is one of
    // them.
    for (ObjectName mbean : server.queryNames(pattern("*:type=DataSource,*"), null)) {
      PoolName name = PoolName.of(mbean);
      if (name == null || !isTomcats(mbean) || mbean.getKeyProperty("connection") != null) {
        continue;
      }
      if (mbean.getKeyProperty("connectionpool") != null) {
        pools.put(mbean, PoolKind.DBCP2);
      } else {
        found.putIfAbsent(name, new Mbeans(mbean));
      }
    }
    for (ObjectName mbean : server.queryNames(pattern("tomcat.jdbc:type=ConnectionPool,*"), null)) {
      if (mbean.getKeyProperty("connections") == null) {
        pools.put(mbean, PoolKind.TOMCAT_JDBC);
      }
    }
    pools.forEach(
        (mbean, kind) -> {
          PoolName name = PoolName.of(mbean);
          Mbeans resource = name == null ? null : found.get(name);
          if (resource != null) {
            resource.pools.put(mbean, kind);
          }
        });
    return found;
  }

  /** The two types that Tomcat registers: an application may register DataSources of its own. */
  private static boolean isTomcats(ObjectName mbean) {
    String type = mbean.getKeyProperty("class");
    return "javax.sql.DataSource".equals(type) || "javax.sql.XADataSource".equals(type);
  }

  private static void addSum(
      List<ConnectionPool> to, MBeanServer server, PoolName name, Map<ObjectName, PoolKind> pools) {
    ConnectionPool sum = null;
    for (Map.Entry<ObjectName, PoolKind> pool : pools.entrySet()) {
      ConnectionPool one = pool.getValue().read(server, pool.getKey(), name);
      if (one != null) {
        sum = sum == null ? one : sum.plus(one);
      }
    }
    if (sum != null) {
      to.add(sum);
    }
  }

  private static List<String> attributes(MBeanServer server, ObjectName mbean) {
    List<String> names = new ArrayList<>();
    try {
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(mbean).getAttributes()) {
        names.add(attribute.getName());
      }
    } catch (JMException | RuntimeException e) {
      // Gone by now.
    }
    return names;
  }

  private static ObjectName pattern(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
