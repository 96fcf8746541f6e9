package io.tribescope.agent.metrics.node;

import static io.tribescope.agent.metrics.Scope.POOL;

import io.tribescope.metrics.MetricFamily;

/** JNDI connection pools. */
public final class DataSourceFamilies {
  static final MetricFamily ACTIVE =
      POOL.gauge("tomcat_datasource_active_connections")
          .means(
              "Connections of a JNDI pool that the application holds, or that are being tested for it (DBCP 1 does not count these) or opened (Tomcat JDBC alone counts these). context: empty for a global resource.")
          .only("with a JNDI connection pool that is open")
          .good("below tomcat_datasource_max_connections.");

  static final MetricFamily IDLE =
      POOL.gauge("tomcat_datasource_idle_connections")
          .means(
              "Connections of the pool that wait to be used. Whether the database is still behind them shows only when one is tested.")
          .only("with a JNDI connection pool that is open")
          .good("above 0, or active below the maximum.");

  static final MetricFamily MAXIMUM =
      POOL.gauge("tomcat_datasource_max_connections")
          .means("How many connections the pool may have.")
          .only("with a JNDI connection pool that is open and has a limit")
          .good("as configured; of all nodes together no more than the database takes.");

  static final MetricFamily WAITING =
      POOL.gauge("tomcat_datasource_waiting_threads")
          .means(
              "Threads that wait until a connection comes back to the pool. DBCP 2 does not count who waits while it opens one.")
          .only(
              "with a JNDI connection pool that is open and tells: not DBCP 1, nor DBCP 2 with an initialSize")
          .good("0.");

  private DataSourceFamilies() {}
}
