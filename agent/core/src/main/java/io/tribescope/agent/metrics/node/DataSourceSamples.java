package io.tribescope.agent.metrics.node;

import io.prometheus.metrics.model.snapshots.Labels;
import io.tribescope.agent.tomcat.ConnectionPool;
import io.tribescope.agent.tomcat.DataSources;
import io.tribescope.metrics.MetricFamily;
import io.tribescope.metrics.Snapshots;
import org.jspecify.annotations.Nullable;

/** The connection pools of JNDI: of a database that all nodes share, each shows its own share. */
final class DataSourceSamples {
  private final DataSources dataSources = new DataSources();

  void addTo(Snapshots out) {
    for (ConnectionPool pool : dataSources.read()) {
      Labels labels = Labels.of("context", pool.context(), "datasource", pool.dataSource());
      add(out, DataSourceFamilies.ACTIVE, labels, pool.active());
      add(out, DataSourceFamilies.IDLE, labels, pool.idle());
      add(out, DataSourceFamilies.MAXIMUM, labels, pool.maximum());
      add(out, DataSourceFamilies.WAITING, labels, pool.waiting());
    }
    out.add(
        AgentFamilies.TRACKING_SATURATED,
        Labels.of("what", "data_sources"),
        dataSources.saturated() ? 1 : 0);
  }

  private static void add(
      Snapshots out, MetricFamily family, Labels labels, @Nullable Integer value) {
    if (value != null) {
      out.add(family, labels, value);
    }
  }
}
