package io.tribescope.system.agent;

import static io.tribescope.system.Scrapes.awaitScrape;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tribescope.system.Product;
import io.tribescope.testbed.Bed;
import io.tribescope.testbed.clients.Scrape;
import io.tribescope.testbed.nodes.Cluster;
import io.tribescope.testbed.nodes.ClusterBuilder;
import io.tribescope.testbed.nodes.Database;
import io.tribescope.testbed.nodes.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
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
  private static final String FULL = "localhost/app jdbc/full";
  private static final String SOME = "localhost/app jdbc/some";
  private static final String GLOBAL = " jdbc/global";

  private static String common(Database database) {
    return "type='javax.sql.DataSource' auth='Container' driverClassName='org.h2.Driver'"
        + " username='sa' password='' url='%s'".formatted(database.url());
  }

  private static ClusterBuilder tomcat(Bed bed, String version, Database database) {
    String common = common(database);
    return bed.cluster()
        .tomcat(version)
        .nodes(1)
        .agent(Product.AGENT, "cluster=shop")
        .tomcatLibrary(Database.driver())
        .webappClass(PooledApplication.class)
        .webappClass(PooledApplication.TakeAll.class)
        .webappClass(PooledApplication.WantMore.class)
        .webappClass(PooledApplication.TakeOne.class)
        .webappClass(PooledApplication.GiveBack.class)
        .webappClass(PooledApplication.StopApplication.class)
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

  /** Half of what Prometheus waits for a scrape, if it is not told otherwise, is prompt. */
  private static Map<String, String> scrapedPromptly(Node node) {
    long begin = System.nanoTime();
    Scrape scrape = node.scrape();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    return pools(scrape);
  }

  private static void awaitAnswer(
      Node node, Class<? extends Callable<?>> question, String expected) {
    await()
        .atMost(DEADLINE)
        .untilAsserted(() -> assertThat(node.call(question)).isEqualTo(expected));
  }

  @Test
  void poolsHoldWhatTheApplicationTookAlsoWithoutTheirDatabase() {
    try (Bed bed = Bed.open("data-sources")) {
      Database database = bed.database();
      Cluster cluster = tomcat(bed, "9.0.117", database).nodes(2).start();
      Node node = cluster.node(1);
      Node other = cluster.node(2);
      Map<String, String> unused = Map.of(JDBC, "0 1 4 0", GLOBAL, "0 2 - -");

      // The first was not opened yet; the global one, opened before it had a name in JMX, does not
      // say who waits.
      awaitPools(node, unused);

      assertThat(node.call(PooledApplication.TakeAll.class))
          .isEqualTo("jdbc/dbcp 3; jdbc/jdbc 4; jdbc/link 1; ");
      awaitPools(node, Map.of(DBCP, "3 0 3 0", JDBC, "4 0 4 0", GLOBAL, "1 1 - -"));
      awaitPools(other, unused);

      node.call(PooledApplication.WantMore.class);
      awaitPools(node, Map.of(DBCP, "3 0 3 1", JDBC, "4 0 4 2", GLOBAL, "1 1 - -"));

      // Those who waited had theirs, too. The first keeps two.
      assertThat(node.call(PooledApplication.GiveBack.class)).isEqualTo("8 given back");
      awaitPools(node, Map.of(DBCP, "0 2 3 0", JDBC, "0 4 4 0", GLOBAL, "0 2 - -"));

      assertThat(node.call(PooledApplication.TakeOne.class))
          .isEqualTo("jdbc/dbcp 1; jdbc/jdbc 1; jdbc/link 1; ");
      Map<String, String> held = Map.of(DBCP, "1 1 3 0", JDBC, "1 3 4 0", GLOBAL, "1 1 - -");
      awaitPools(node, held);

      // A pool does not notice; one that is asked for a connection throws away what it tests, and
      // takes back what is broken.
      database.kill();
      assertThat(pools(node.scrape())).isEqualTo(held);
      assertThat(node.call(PooledApplication.TakeOne.class))
          .isEqualTo("jdbc/dbcp refused; jdbc/jdbc refused; jdbc/link refused; ");
      awaitPools(node, Map.of(DBCP, "1 0 3 0", JDBC, "1 2 4 0", GLOBAL, "1 0 - -"));
      assertThat(node.call(PooledApplication.GiveBack.class)).isEqualTo("3 given back");
      awaitPools(node, Map.of(DBCP, "0 1 3 0", JDBC, "0 3 4 0", GLOBAL, "0 1 - -"));

      // On the other node none was in use, and one has never been opened.
      assertThat(pools(other.scrape())).isEqualTo(unused);
      assertThat(other.call(PooledApplication.TakeOne.class))
          .isEqualTo("jdbc/dbcp refused; jdbc/jdbc refused; jdbc/link refused; ");
      awaitPools(other, Map.of(JDBC, "0 0 4 0", GLOBAL, "0 0 - -"));

      database.start();
      assertThat(other.call(PooledApplication.TakeOne.class))
          .isEqualTo("jdbc/dbcp 1; jdbc/jdbc 1; jdbc/link 1; ");
      awaitPools(other, Map.of(DBCP, "1 0 3 0", JDBC, "1 0 4 0", GLOBAL, "1 0 - -"));
      assertThat(node.call(PooledApplication.TakeAll.class))
          .isEqualTo("jdbc/dbcp 3; jdbc/jdbc 4; jdbc/link 1; ");
      awaitPools(node, Map.of(DBCP, "3 0 3 0", JDBC, "4 0 4 0", GLOBAL, "1 0 - -"));

      assertThat(node.call(PooledApplication.StopApplication.class)).isEqualTo("stopping");
      awaitPools(node, Map.of(GLOBAL, "1 0 - -"));
      assertThat(node.scrape().sum("tribescope_agent_tracking_saturated", "what", "data_sources"))
          .isZero();
    }
  }

  @Test
  void poolsOfADatabaseThatHangsAreExhausted() {
    exhaust("9.0.117");
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"8.5.100", "10.1.59", "11.0.25"})
  void thoseOfOtherTomcatsAreExhaustedAlike(String version) {
    exhaust(version);
  }

  private static void exhaust(String version) {
    try (Bed bed = Bed.open("data-sources-hang-" + version)) {
      Database database = bed.database();
      String more = "<Resource name='%s' maxTotal='3' maxIdle='3' testOnBorrow='true' %s/>";
      Node node =
          tomcat(bed, version, database)
              .webappClass(PooledApplication.Open.class)
              .webappClass(PooledApplication.AskAll.class)
              .webappClass(PooledApplication.IsOpening.class)
              .webappClass(PooledApplication.Held.class)
              .resource(more.formatted("jdbc/full", common(database)))
              .resource(more.formatted("jdbc/some", common(database)))
              .start()
              .node(1);
      assertThat(node.call(PooledApplication.Open.class)).isEqualTo("jdbc/full 3; jdbc/some 2; ");
      assertThat(node.call(PooledApplication.GiveBack.class)).isEqualTo("5 given back");
      awaitPools(
          node, Map.of(FULL, "0 3 3 0", SOME, "0 2 3 0", JDBC, "0 1 4 0", GLOBAL, "0 2 - -"));

      // What is idle is tested, and the test hangs; so does what is opened beyond that. Tomcat JDBC
      // counts both. DBCP counts neither what it opens nor who waits for that; the first that is
      // opened of a pool holds the lock of its data source, too.
      database.freeze();
      assertThat(node.call(PooledApplication.AskAll.class)).isEqualTo("asked");
      awaitAnswer(node, PooledApplication.IsOpening.class, "true");
      // Only the first scrape may wait for that: what is still being read is not asked again.
      assertThat(scrapedPromptly(node)).doesNotContainKey(DBCP);
      Map<String, String> hanging =
          Map.of(FULL, "3 0 3 2", SOME, "2 0 3 0", JDBC, "4 0 4 2", GLOBAL, "2 0 - -");
      awaitPools(node, hanging);
      assertThat(scrapedPromptly(node)).isEqualTo(hanging);
      assertThat(node.call(PooledApplication.IsOpening.class)).isEqualTo("true");
      assertThat(node.call(PooledApplication.Held.class)).isEqualTo("0");

      database.resume();
      awaitAnswer(node, PooledApplication.Held.class, String.valueOf(3 + 3 + 4 + 3 + 1));
      awaitPools(
          node,
          Map.of(
              FULL, "3 0 3 2", SOME, "3 0 3 1", JDBC, "4 0 4 2", GLOBAL, "3 0 - -", DBCP,
              "1 0 3 0"));

      assertThat(node.call(PooledApplication.GiveBack.class)).isEqualTo("14 given back");
      awaitAnswer(node, PooledApplication.Held.class, String.valueOf(2 + 1 + 2));
      awaitPools(
          node,
          Map.of(
              FULL, "2 1 3 0", SOME, "1 2 3 0", JDBC, "2 2 4 0", GLOBAL, "0 3 - -", DBCP,
              "0 1 3 0"));
    }
  }

  @Tag("full")
  @ParameterizedTest
  @ValueSource(strings = {"8.5.100", "10.1.59", "11.0.25"})
  void otherTomcatsTellTheSame(String version) {
    try (Bed bed = Bed.open("data-sources-" + version)) {
      Node node = tomcat(bed, version, bed.database()).start().node(1);

      awaitPools(node, Map.of(JDBC, "0 1 4 0", GLOBAL, "0 2 - -"));
      assertThat(node.call(PooledApplication.TakeAll.class))
          .isEqualTo("jdbc/dbcp 3; jdbc/jdbc 4; jdbc/link 1; ");
      node.call(PooledApplication.WantMore.class);
      awaitPools(node, Map.of(DBCP, "3 0 3 1", JDBC, "4 0 4 2", GLOBAL, "1 1 - -"));
    }
  }
}
