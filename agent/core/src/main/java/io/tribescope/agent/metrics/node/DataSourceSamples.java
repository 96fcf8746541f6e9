package io.tribescope.agent.metrics.node;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.metrics.Metric;
import io.tribescope.agent.metrics.Snapshots;
import io.tribescope.agent.tomcat.ConnectionPool;
import io.tribescope.agent.tomcat.DataSources;
import org.jspecify.annotations.Nullable;

/** The connection pools of JNDI: of a database that all nodes share, each shows its own share. */
final class DataSourceSamples {
  private final DataSources dataSources = new DataSources();

  void addTo(Snapshots out) {
    for (ConnectionPool pool : dataSources.read()) {
      Labels labels = Labels.of("context", pool.context(), "datasource", pool.dataSource());
      add(out, DataSourceMetric.ACTIVE, labels, pool.active());
      add(out, DataSourceMetric.IDLE, labels, pool.idle());
      add(out, DataSourceMetric.MAXIMUM, labels, pool.maximum());
      add(out, DataSourceMetric.WAITING, labels, pool.waiting());
    }
    out.add(
        AgentMetric.TRACKING_SATURATED,
        Labels.of("what", "data_sources"),
        dataSources.saturated() ? 1 : 0);
  }

  private static void add(Snapshots out, Metric metric, Labels labels, @Nullable Integer value) {
    if (value != null) {
      out.add(metric, labels, value);
    }
  }
}
