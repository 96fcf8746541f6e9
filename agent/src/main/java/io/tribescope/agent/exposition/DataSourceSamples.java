package io.tribescope.agent.exposition;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.tomcat.DataSources;
import io.tribescope.agent.tomcat.PoolReading;
import java.util.LinkedHashMap;
import java.util.Map;

/** The connection pools of JNDI: of a database that all nodes share, each shows its own share. */
final class DataSourceSamples {
  private final DataSources dataSources = new DataSources();

  void addTo(Snapshots out) {
    Map<Labels, PoolReading> pools = new LinkedHashMap<>();
    for (PoolReading pool : dataSources.read()) {
      // Two services of one Tomcat may have a context and a pool of the same names.
      pools.merge(
          Labels.of("context", pool.context(), "datasource", pool.name()), pool, PoolReading::plus);
    }
    pools.forEach((labels, pool) -> add(out, labels, pool));
    out.add(
        Metric.TRACKING_SATURATED,
        Labels.of("what", "data_sources"),
        dataSources.saturated() ? 1 : 0);
  }

  private static void add(Snapshots out, Labels labels, PoolReading pool) {
    out.add(Metric.POOL_ACTIVE, labels, pool.active());
    out.add(Metric.POOL_IDLE, labels, pool.idle());
    Double maximum = pool.maximum();
    if (maximum != null) {
      out.add(Metric.POOL_MAXIMUM, labels, maximum);
    }
    Integer waiting = pool.waiting();
    if (waiting != null) {
      out.add(Metric.POOL_WAITING, labels, waiting);
    }
  }
}
