package io.tribescope.agent.tomcat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection pools that Tomcat made for JNDI, as it and they have put them into JMX. Keeps
 * names for the time of a call, and nothing of an application's. Thread-safe; for scrapes, one at a
 * time.
 */
public final class DataSources {
  private static final Logger logger = LoggerFactory.getLogger(DataSources.class);

  /** How many pools are asked. */
  static final int MOST = 100;

  private static final ObjectName ALL = pattern("*:type=DataSource,*");

  private static final long LIMIT_MILLIS = 500;

  private final PoolBeans beans = new PoolBeans(new BoundedQuestions(LIMIT_MILLIS));
  private boolean saturated;

  /** What each pool says that is open and says it, in the order of their names. */
  public synchronized List<PoolReading> read() {
    List<PoolReading> readings = new ArrayList<>();
    // As Tomcat chooses its server. Before it has one, none is made here: how, it may yet say.
    List<MBeanServer> servers = MBeanServerFactory.findMBeanServer(null);
    if (servers.isEmpty()) {
      return readings;
    }
    MBeanServer server = servers.get(0);
    for (ObjectName name : names(server)) {
      try {
        PoolReading reading = beans.read(server, name);
        if (reading != null) {
          readings.add(reading);
        }
      } catch (JMException | RuntimeException e) {
        logger.debug("A connection pool cannot be read", e);
      }
    }
    return readings;
  }

  /** Whether there have been more pools than are asked. */
  public synchronized boolean saturated() {
    return saturated;
  }

  private Set<ObjectName> names(MBeanServer server) {
    Set<ObjectName> names = new TreeSet<>();
    for (ObjectName name : server.queryNames(ALL, null)) {
      if (isOfAPool(name)) {
        names.add(name);
      }
    }
    if (names.size() <= MOST) {
      return names;
    }
    saturated = true;
    return new TreeSet<>(new ArrayList<>(names).subList(0, MOST));
  }

  /**
   * Whatever the engine is called. DBCP 2 registers its inner pool and each connection under the
   * same name with more keys behind it: these are no pools more.
   */
  private static boolean isOfAPool(ObjectName name) {
    return name.getKeyProperty("class") != null
        && name.getKeyProperty("name") != null
        && name.getKeyProperty("connectionpool") == null
        && name.getKeyProperty("connection") == null;
  }

  private static ObjectName pattern(String text) {
    try {
      return new ObjectName(text);
    } catch (MalformedObjectNameException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
