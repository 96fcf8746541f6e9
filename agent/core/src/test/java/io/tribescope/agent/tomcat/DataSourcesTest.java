package io.tribescope.agent.tomcat;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On fakes of the MBeans that Tomcat registers, named as those of real Tomcats are. */
class DataSourcesTest {
  private static final String SHOP =
      "Catalina:type=DataSource,host=localhost,context=/shop,class=javax.sql.DataSource,name=\"jdbc/shop\"";
  private static final String GLOBAL =
      "Catalina:type=DataSource,class=javax.sql.DataSource,name=\"jdbc/shop\"";
  private static final String POOL = ",connectionpool=connections";

  /** Of the pool that Tomcat JDBC registers beside the resource. */
  private static final String BESIDE =
      SHOP.replace("Catalina:type=DataSource", "tomcat.jdbc:type=ConnectionPool,engine=Catalina");

  /** What a BasicDataSource of DBCP 2 says of itself, and is not asked while its pool is there. */
  private static final Map<String, Object> BASIC =
      Map.of(
          "numActive", asked(),
          "numIdle", asked(),
          "maxTotal", asked(),
          "initialSize", asked(),
          "closed", asked());

  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final DataSources sources = new DataSources(() -> server);

  private static Callable<Integer> asked() {
    return () -> {
      throw new AssertionError("this attribute waits for the pool's own lock");
    };
  }

  private void register(String name, Map<String, ?> attributes) throws JMException {
    server.registerMBean(new FakeMbean(attributes), new ObjectName(name));
  }

  private static Map<String, Object> dbcp2(int active, int idle, int max, int waiting) {
    return new HashMap<>(
        Map.of(
            "NumActive", active,
            "NumIdle", idle,
            "MaxTotal", max,
            "NumWaiters", waiting,
            "Closed", false));
  }

  /** Who tests or opens a connection is not among its {@code Active}: that is not asked. */
  private static Map<String, Object> tomcatJdbc(int size, int idle, int max, int waiting) {
    return new HashMap<>(
        Map.of(
            "Size", size, "Active", asked(), "Idle", idle, "MaxActive", max, "WaitCount", waiting));
  }

  private static Map<String, Object> basic(
      int active, int idle, int max, int initial, boolean closed) {
    return Map.of(
        "numActive", active,
        "numIdle", idle,
        "maxTotal", max,
        "initialSize", initial,
        "closed", closed);
  }

  /** A DBCP 2 resource whose pool is open. */
  private void open(String resource, Map<String, ?> pool) throws JMException {
    register(resource, BASIC);
    register(resource + POOL, pool);
  }

  /** Context, JNDI name, active, idle, maximum and waiting of each. */
  private List<String> read() {
    return sources.read().stream()
        .map(
            pool ->
                "%s %s %s %s %s %s"
                    .formatted(
                        pool.context(),
                        pool.dataSource(),
                        pool.active(),
                        pool.idle(),
                        pool.maximum(),
                        pool.waiting()))
        .collect(toList());
  }

  @Test
  void withoutAnMbeanServerThereIsNone() {
    assertThat(new DataSources(() -> null).read()).isEmpty();
    assertThat(read()).isEmpty();
  }

  @Test
  void eachPoolOfDbcp2CountsOnce() throws JMException {
    open(SHOP, dbcp2(3, 2, 8, 1));
    register(SHOP + POOL + ",connection=0", Map.of("closed", false));
    register(SHOP + POOL + ",connection=1", Map.of("closed", false));
    open(GLOBAL, dbcp2(0, 4, 9, 0));
    assertThat(read()).containsExactly(" jdbc/shop 0 4 9 0", "localhost/shop jdbc/shop 3 2 8 1");
  }

  @Test
  void contextsAreNamedAsElsewhere() throws JMException {
    open(SHOP.replace("/shop,", "/,"), dbcp2(1, 0, 8, 0));
    open(SHOP.replace("/shop,", "/##2,"), dbcp2(2, 0, 8, 0));
    open(SHOP.replace("/shop,", "/shop##2,"), dbcp2(3, 0, 8, 0));
    open(
        SHOP.replace("Catalina", "Other").replace("context=/shop", "path=/six"), dbcp2(4, 0, 8, 0));
    assertThat(read())
        .containsExactly(
            "localhost jdbc/shop 1 0 8 0",
            "localhost##2 jdbc/shop 2 0 8 0",
            "localhost/shop##2 jdbc/shop 3 0 8 0",
            "localhost/six jdbc/shop 4 0 8 0");
  }

  @Test
  void noLimitIsNoMaximum() throws JMException {
    open(SHOP, dbcp2(3, 2, -1, 0));
    open(GLOBAL, dbcp2(0, 0, 0, 0));
    assertThat(read()).containsExactly(" jdbc/shop 0 0 0 0", "localhost/shop jdbc/shop 3 2 null 0");
  }

  @Test
  void whatIsCountedBetweenTwoChangesIsNotBelowZero() throws JMException {
    open(SHOP, dbcp2(-1, 2, 8, 0));
    register(SHOP.replace("jdbc/shop", "jdbc/other"), Map.of());
    register(BESIDE.replace("jdbc/shop", "jdbc/other"), tomcatJdbc(1, 2, 8, 0));
    assertThat(read())
        .containsExactly("localhost/shop jdbc/other 0 2 8 0", "localhost/shop jdbc/shop 0 2 8 0");
  }

  @Test
  void aPoolThatWasNeverOpenedOrIsClosedIsAbsent() throws JMException {
    register(SHOP, basic(0, 0, 8, 0, false));
    register(SHOP.replace("jdbc/shop", "jdbc/early"), basic(0, 0, 8, 5, true));
    Map<String, Object> closing = dbcp2(0, 0, 8, 0);
    closing.put("Closed", true);
    open(GLOBAL, closing);
    assertThat(read()).isEmpty();
  }

  @Test
  void thePoolOfAResourceThatIsGoneIsAbsent() throws JMException {
    register(SHOP + POOL, dbcp2(3, 2, 8, 1));
    assertThat(read()).isEmpty();
  }

  @Test
  void aPoolThatWasOpenedBeforeItHadANameDoesNotSayWhoWaits() throws JMException {
    register(SHOP, basic(3, 2, 8, 5, false));
    register(SHOP.replace("jdbc/shop", "jdbc/lost"), basic(0, 0, -1, 5, false));
    // Of a DBCP 2 that gives its pools no names.
    register(GLOBAL, basic(1, 0, 8, 0, false));
    assertThat(read())
        .containsExactly(
            " jdbc/shop 1 0 8 null",
            "localhost/shop jdbc/lost 0 0 null null",
            "localhost/shop jdbc/shop 3 2 8 null");
  }

  @Test
  void poolsUnderOneNameAreAdded() throws JMException {
    open(SHOP, dbcp2(3, 2, 8, 1));
    register(SHOP + POOL + "2", dbcp2(1, 1, 10, 0));
    assertThat(read()).containsExactly("localhost/shop jdbc/shop 4 3 18 1");
  }

  @Test
  void tomcatJdbcIsAskedByThePoolBesideIt() throws JMException {
    Map<String, Object> source =
        Map.of("numActive", asked(), "numIdle", asked(), "maxActive", 100, "waitCount", asked());
    register(SHOP, source);
    register(BESIDE, tomcatJdbc(6, 1, 6, 2));
    register(BESIDE + ",connections=PooledConnection[0]", Map.of("Closed", false));
    register(GLOBAL, source);
    register(
        "tomcat.jdbc:type=ConnectionPool,class=org.apache.tomcat.jdbc.pool.DataSource,"
            + "name=\"jdbc/shop\"",
        tomcatJdbc(0, 0, 100, 0));
    // One with jmxEnabled="false".
    register(SHOP.replace("jdbc/shop", "jdbc/mute"), source);
    assertThat(read()).containsExactly(" jdbc/shop 0 0 100 0", "localhost/shop jdbc/shop 5 1 6 2");
  }

  @Test
  void dbcp1DoesNotSayWhoWaits() throws JMException {
    register(SHOP, Map.of("numActive", 3, "numIdle", 2, "maxActive", 8, "closed", false));
    register(GLOBAL, Map.of("numActive", 1, "numIdle", 0, "maxActive", 0, "closed", false));
    register(
        GLOBAL.replace("shop", "closed"),
        Map.of("numActive", 0, "numIdle", 0, "maxActive", 8, "closed", true));
    assertThat(read())
        .containsExactly(" jdbc/shop 1 0 null null", "localhost/shop jdbc/shop 3 2 8 null");
  }

  @Test
  @Timeout(30)
  void aStuckPoolCostsNoOtherAndNoScrape() throws JMException {
    CountDownLatch opened = new CountDownLatch(1);
    Callable<Integer> stuck =
        () -> {
          opened.await();
          return 1;
        };
    register(SHOP, Map.of("numActive", stuck, "numIdle", 0, "maxActive", 8, "closed", false));
    register(SHOP.replace("jdbc/shop", "jdbc/early"), basic(3, 2, 8, 5, false));
    open(GLOBAL, dbcp2(0, 4, 9, 0));
    List<String> others = List.of(" jdbc/shop 0 4 9 0", "localhost/shop jdbc/early 3 2 8 null");
    for (int scrape = 0; scrape < 10; scrape++) {
      assertThat(read()).isEqualTo(others);
    }
    assertThat(readers()).isBetween(1L, 4L);
    opened.countDown();
    Awaitility.await()
        .untilAsserted(
            () -> assertThat(read()).hasSize(3).contains("localhost/shop jdbc/shop 1 0 8 null"));
  }

  private static long readers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("tribescope-pools"))
        .count();
  }

  @Test
  void whatTomcatDidNotRegisterIsLeftOut() throws JMException {
    open("shop:type=DataSource,name=\"jdbc/shop\"", dbcp2(1, 1, 1, 1));
    open("shop:type=DataSource,class=shop.Source,name=\"jdbc/shop\"", dbcp2(1, 1, 1, 1));
    open(GLOBAL.replace("\"", ""), dbcp2(1, 1, 1, 1));
    open("Catalina:type=DataSource,class=javax.sql.DataSource", dbcp2(1, 1, 1, 1));
    open(SHOP.replace("host=localhost,", ""), dbcp2(1, 1, 1, 1));
    open(SHOP.replace("context=/shop,", ""), dbcp2(1, 1, 1, 1));
    register("tomcat.jdbc:type=ConnectionPool,name=own", tomcatJdbc(6, 1, 6, 2));
    // Another's class, of which nothing is known.
    register(SHOP, Map.of("poolSize", 3));
    assertThat(read()).isEmpty();
  }

  @Test
  void namesAreWithoutTheirQuotes() throws JMException {
    open(GLOBAL.replace("\"jdbc/shop\"", ObjectName.quote("jdbc/a,b=\"c\"*")), dbcp2(1, 0, 8, 0));
    assertThat(read()).containsExactly(" jdbc/a,b=\"c\"* 1 0 8 0");
  }

  @Test
  void whatCannotBeReadIsUnknown() throws JMException {
    Map<String, Object> broken = dbcp2(3, 2, 8, 1);
    Callable<Integer> failing =
        () -> {
          throw new IllegalStateException("fails");
        };
    broken.put("NumIdle", failing);
    broken.put("NumWaiters", "many");
    broken.remove("MaxTotal");
    open(SHOP, broken);
    register(SHOP.replace("jdbc/shop", "jdbc/other"), Map.of());
    Map<String, Object> counting = tomcatJdbc(6, 1, 6, 2);
    counting.put("Idle", failing);
    register(BESIDE.replace("jdbc/shop", "jdbc/other"), counting);
    assertThat(read())
        .containsExactly(
            "localhost/shop jdbc/other null null 6 2", "localhost/shop jdbc/shop 3 null null null");
  }

  @Test
  void ofMoreThanAHundredTheFirstAreRead() throws JMException {
    for (int i = 0; i < 100; i++) {
      open(GLOBAL.replace("shop", "%03d".formatted(i)), dbcp2(i, 0, 8, 0));
    }
    assertThat(read()).hasSize(100);
    assertThat(sources.saturated()).isFalse();
    open(GLOBAL.replace("shop", "0000"), dbcp2(7, 0, 8, 0));
    assertThat(read())
        .hasSize(100)
        .contains(" jdbc/0000 7 0 8 0")
        .doesNotContain(" jdbc/099 99 0 8 0");
    assertThat(sources.saturated()).isTrue();
  }
}
