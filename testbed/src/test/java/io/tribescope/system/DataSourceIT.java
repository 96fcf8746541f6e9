package io.tribescope.system;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;

import io.tribescope.testbed.Bed;
import io.tribescope.testbed.ClusterBuilder;
import io.tribescope.testbed.Database;
import io.tribescope.testbed.Node;
import io.tribescope.testbed.Scrape;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JNDI connection pools of a real Tomcat hold, by what its application took and gave. */
@Tag("real")
class DataSourceIT {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String DBCP = "localhost/app jdbc/dbcp";
  private static final String JDBC = "localhost/app jdbc/jdbc";
  private static final String GLOBAL = " jdbc/global";

  /** What the application holds, and what it does with the pools. */
  public static class Pools {
    static final List<Connection> HELD = new ArrayList<>();

    @SuppressWarnings("BanJNDI") // the names are the test's own
    private static DataSource find(String name) throws NamingException {
      return (DataSource) new InitialContext().lookup("java:comp/env/" + name);
    }

    /** Takes so many, and says what became of it. */
    static String take(String name, int number) throws NamingException {
      DataSource pool = find(name);
      for (int i = 0; i < number; i++) {
        try {
          HELD.add(pool.getConnection());
        } catch (SQLException e) {
          return name + " refused; ";
        }
      }
      return name + " " + number + "; ";
    }

    static void waitFor(String name) throws NamingException {
      DataSource pool = find(name);
      Thread waiting =
          new Thread(
              () -> {
                try {
                  pool.getConnection().close();
                } catch (SQLException e) {
                  throw new IllegalStateException(e);
                }
              });
      waiting.setDaemon(true);
      waiting.start();
    }
  }

  /** Takes all that the two limited pools have, and one of the global pool's. */
  public static final class TakeAll implements Callable<String> {
    @Override
    public String call() throws NamingException {
      return Pools.take("jdbc/dbcp", 3) + Pools.take("jdbc/jdbc", 4) + Pools.take("jdbc/link", 1);
    }
  }

  /** Wants more than there is. */
  public static final class WantMore implements Callable<String> {
    @Override
    public String call() throws NamingException {
      Pools.waitFor("jdbc/dbcp");
      Pools.waitFor("jdbc/jdbc");
      Pools.waitFor("jdbc/jdbc");
      return "waiting";
    }
  }

  /** Takes one of each pool. */
  public static final class TakeOne implements Callable<String> {
    @Override
    public String call() throws NamingException {
      return Pools.take("jdbc/dbcp", 1) + Pools.take("jdbc/jdbc", 1) + Pools.take("jdbc/link", 1);
    }
  }

  /** Gives all back. */
  public static final class GiveBack implements Callable<String> {
    @Override
    public String call() {
      int number = Pools.HELD.size();
      for (Connection held : Pools.HELD) {
        try {
          held.close();
        } catch (SQLException e) {
          // The database is gone; the pool has it back all the same.
        }
      }
      Pools.HELD.clear();
      return number + " given back";
    }
  }

  /** Stops its own application, which then waits for this request's end. */
  public static final class StopApplication implements Callable<String> {
    @Override
    public String call() throws Exception {
      MBeanServer mbeans = ManagementFactory.getPlatformMBeanServer();
      ObjectName pattern = new ObjectName("Catalina:j2eeType=WebModule,name=//localhost/app,*");
      ObjectName application = mbeans.queryNames(pattern, null).iterator().next();
      new Thread(
              () -> {
                try {
                  mbeans.invoke(application, "stop", null, null);
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              })
          .start();
      return "stopping";
    }
  }

  private static ClusterBuilder tomcat(Bed bed, String version, Database database) {
    String common =
        "type='javax.sql.DataSource' auth='Container' driverClassName='org.h2.Driver'"
            + " username='sa' password='' url='%s'".formatted(database.url());
    return bed.cluster()
        .tomcat(version)
        .nodes(1)
        .agent(Product.AGENT, "cluster=shop")
        .tomcatLibrary(Database.driver())
        .webappClass(Pools.class)
        .webappClass(TakeAll.class)
        .webappClass(WantMore.class)
        .webappClass(TakeOne.class)
        .webappClass(GiveBack.class)
        .webappClass(StopApplication.class)
        .resource(
            "<Resource name='jdbc/dbcp' maxTotal='3' maxIdle='2' testOnBorrow='true' %s/>"
                .formatted(common))
        // A connection that was not used lately is tested, too, and none is thrown away for age.
        .resource(
            ("<Resource name='jdbc/jdbc' factory='org.apache.tomcat.jdbc.pool.DataSourceFactory'"
                    + " maxActive='4' initialSize='1' testOnBorrow='true' validationInterval='0'"
                    + " validationQuery='SELECT 1' minEvictableIdleTimeMillis='3600000' %s/>")
                .formatted(common))
        .globalResource(
            "<Resource name='jdbc/global' maxTotal='-1' initialSize='2' %s/>".formatted(common))
        .resource(
            "<ResourceLink name='jdbc/link' global='jdbc/global' type='javax.sql.DataSource'/>");
  }

  /** By context and JNDI name: taken, idle, most, waiting; a figure that is not there is a dash. */
  private static Map<String, String> pools(Scrape scrape) {
    Map<String, String> pools = new TreeMap<>();
    scrape
        .samples("tomcat_datasource_active_connections")
        .forEach(
            sample -> {
              String context = sample.labels().get("context");
              String name = sample.labels().get("datasource");
              StringBuilder figures = new StringBuilder();
              for (String what :
                  List.of(
                      "active_connections",
                      "idle_connections",
                      "max_connections",
                      "waiting_threads")) {
                String metric = "tomcat_datasource_" + what;
                String[] labels = {"context", context, "datasource", name};
                figures
                    .append(figures.length() == 0 ? "" : " ")
                    .append(
                        scrape.absent(metric, labels)
                            ? "-"
                            : String.valueOf((int) scrape.value(metric, labels)));
              }
              pools.put(context + " " + name, figures.toString());
            });
    return pools;
  }

  private static void awaitPools(Node node, Map<String, String> expected) {
    awaitScrape(node, DEADLINE, scrape -> assertThat(pools(scrape)).isEqualTo(expected));
  }

  @Test
  void poolsHoldWhatTheApplicationTookAlsoWithoutTheirDatabase() {
    try (Bed bed = Bed.open("data-sources")) {
      Database database = bed.database();
      Node node = tomcat(bed, "9.0.117", database).start().node(1);

      // The first was not opened yet; the global one, opened before it had a name in JMX, does not
      // say who waits.
      awaitPools(node, Map.of(JDBC, "0 1 4 0", GLOBAL, "0 2 - -"));

      assertThat(node.call(TakeAll.class)).isEqualTo("jdbc/dbcp 3; jdbc/jdbc 4; jdbc/link 1; ");
      awaitPools(node, Map.of(DBCP, "3 0 3 0", JDBC, "4 0 4 0", GLOBAL, "1 1 - -"));

      node.call(WantMore.class);
      awaitPools(node, Map.of(DBCP, "3 0 3 1", JDBC, "4 0 4 2", GLOBAL, "1 1 - -"));

      // Those who waited had theirs, too. The first keeps two.
      assertThat(node.call(GiveBack.class)).isEqualTo("8 given back");
      awaitPools(node, Map.of(DBCP, "0 2 3 0", JDBC, "0 4 4 0", GLOBAL, "0 2 - -"));

      assertThat(node.call(TakeOne.class)).isEqualTo("jdbc/dbcp 1; jdbc/jdbc 1; jdbc/link 1; ");
      Map<String, String> held = Map.of(DBCP, "1 1 3 0", JDBC, "1 3 4 0", GLOBAL, "1 1 - -");
      awaitPools(node, held);

      // A pool does not notice; one that is asked for a connection throws away what it tests, and
      // takes back what is broken.
      database.kill();
      assertThat(pools(node.scrape())).isEqualTo(held);
      assertThat(node.call(TakeOne.class))
          .isEqualTo("jdbc/dbcp refused; jdbc/jdbc refused; jdbc/link refused; ");
      awaitPools(node, Map.of(DBCP, "1 0 3 0", JDBC, "1 2 4 0", GLOBAL, "1 0 - -"));
      assertThat(node.call(GiveBack.class)).isEqualTo("3 given back");
      awaitPools(node, Map.of(DBCP, "0 1 3 0", JDBC, "0 3 4 0", GLOBAL, "0 1 - -"));

      database.start();
      assertThat(node.call(TakeAll.class)).isEqualTo("jdbc/dbcp 3; jdbc/jdbc 4; jdbc/link 1; ");
      awaitPools(node, Map.of(DBCP, "3 0 3 0", JDBC, "4 0 4 0", GLOBAL, "1 0 - -"));

      assertThat(node.call(StopApplication.class)).isEqualTo("stopping");
      awaitPools(node, Map.of(GLOBAL, "1 0 - -"));
      assertThat(node.scrape().sum("tribescope_agent_tracking_saturated", "what", "data_sources"))
          .isZero();
    }
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"8.5.100", "10.1.59", "11.0.25"})
  void otherTomcatsTellTheSame(String version) {
    try (Bed bed = Bed.open("data-sources-" + version)) {
      Node node = tomcat(bed, version, bed.database()).start().node(1);

      awaitPools(node, Map.of(JDBC, "0 1 4 0", GLOBAL, "0 2 - -"));
      assertThat(node.call(TakeAll.class)).isEqualTo("jdbc/dbcp 3; jdbc/jdbc 4; jdbc/link 1; ");
      node.call(WantMore.class);
      awaitPools(node, Map.of(DBCP, "3 0 3 1", JDBC, "4 0 4 2", GLOBAL, "1 1 - -"));
    }
  }
}
